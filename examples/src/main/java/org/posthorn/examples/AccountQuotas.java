package org.posthorn.examples;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaResource;
import picocli.CommandLine.TypeConversionException;

/** How much mail each account may have, as {@code --quota} and its like say. Immutable. */
final class AccountQuotas implements QuotaPolicy {
  private final QuotaLimits standard;
  private final Map<String, QuotaLimits> special;

  private AccountQuotas(QuotaLimits standard, Map<String, QuotaLimits> special) {
    this.standard = standard;
    this.special = Map.copyOf(special);
  }

  static QuotaPolicy of(AccountOptions options) {
    QuotaLimits standard = limits(options.quota, options.quotaMessages);
    Map<String, QuotaLimits> special = new HashMap<>();
    for (String one : options.quotasOf) {
      int equals = one.lastIndexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("--quota-of takes NAME=SIZE");
      }
      try {
        long octets = new OptionTypes.Size().convert(one.substring(equals + 1));
        special.put(one.substring(0, equals), limits(octets, options.quotaMessages));
      } catch (TypeConversionException e) {
        throw new IllegalArgumentException("--quota-of " + e.getMessage(), e);
      }
    }
    return standard.equals(QuotaLimits.UNLIMITED) && special.isEmpty()
        ? QuotaPolicy.NONE
        : new AccountQuotas(standard, special);
  }

  private static QuotaLimits limits(@Nullable Long octets, @Nullable Integer messages) {
    QuotaLimits limits = QuotaLimits.UNLIMITED;
    if (octets != null) {
      limits = limits.with(QuotaResource.STORAGE, octets);
    }
    return messages == null ? limits : limits.with(QuotaResource.MESSAGE, messages);
  }

  @Override
  public QuotaLimits account(String account) {
    return special.getOrDefault(account, standard);
  }
}
