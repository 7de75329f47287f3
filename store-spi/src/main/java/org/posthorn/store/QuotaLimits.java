package org.posthorn.store;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much there may be of each resource; a resource without a limit is not named.
 *
 * @param limits octets or numbers, 0 or more
 */
public record QuotaLimits(Map<QuotaResource, Long> limits) {
  public static final QuotaLimits UNLIMITED = new QuotaLimits(Map.of());

  public QuotaLimits {
    for (long limit : limits.values()) {
      if (limit < 0) {
        throw new IllegalArgumentException("a limit is not negative");
      }
    }
    limits = limits.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(limits));
  }

  /** The limit of a resource, empty where there is none. */
  public OptionalLong of(QuotaResource resource) {
    Long limit = limits.get(resource);
    return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
  }

  /** These limits with one set anew. */
  public QuotaLimits with(QuotaResource resource, long limit) {
    Map<QuotaResource, Long> changed = new EnumMap<>(QuotaResource.class);
    changed.putAll(limits);
    changed.put(resource, limit);
    return new QuotaLimits(changed);
  }

  /** The resource of which there may not be {@code more} beside {@code used}; null when all fit. */
  public @Nullable QuotaResource exceededBy(QuotaUse used, QuotaUse more) {
    for (Map.Entry<QuotaResource, Long> limit : limits.entrySet()) {
      long wanted = more.of(limit.getKey());
      if (wanted > 0 && used.of(limit.getKey()) + wanted > limit.getValue()) {
        return limit.getKey();
      }
    }
    return null;
  }
}
