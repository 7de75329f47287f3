package org.posthorn.smtp;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/**
 * Which addresses a user may send as, in the envelope and in From (RFC 6409 section 6.1).
 * Thread-safe; runs on the blocking lane.
 */
@FunctionalInterface
public interface SenderIdentities {
  boolean owns(Identity user, Address address) throws StoreException;

  /**
   * A user owns the address that the account is named by; an account that is named without a domain
   * owns that name in each of these domains. Letter case aside, with or without a detail behind
   * {@code +}.
   */
  static SenderIdentities ofAccounts(Set<String> domains) {
    Set<String> local = new TreeSet<>();
    for (String domain : domains) {
      local.add(new Address("postmaster", domain).canonicalDomain());
    }
    return (user, address) -> {
      String name = address.localPart().toLowerCase(Locale.ROOT);
      int plus = name.indexOf('+', 1);
      String base = plus < 0 ? name : name.substring(0, plus);
      String domain = address.canonicalDomain();
      String account = user.account().toLowerCase(Locale.ROOT);
      if (account.indexOf('@') < 0) {
        return local.contains(domain) && (account.equals(name) || account.equals(base));
      }
      return account.equals(name + '@' + domain) || account.equals(base + '@' + domain);
    };
  }
}
