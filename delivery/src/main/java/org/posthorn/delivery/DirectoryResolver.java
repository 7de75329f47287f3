package org.posthorn.delivery;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/**
 * Finds recipients in the store's own account directory. An account is named by the whole address
 * or by its local part, in lower case; a detail behind {@code +} is ignored (RFC 5233).
 */
public final class DirectoryResolver implements RecipientResolver {
  private final AccountDirectory directory;
  private final Set<String> domains;

  /**
   * Looks up recipients of some domains.
   *
   * @param domains that are local; compared without case and as A-labels
   */
  public DirectoryResolver(AccountDirectory directory, Set<String> domains) {
    this.directory = directory;
    this.domains = new TreeSet<>();
    for (String domain : domains) {
      this.domains.add(new Address("postmaster", domain).canonicalDomain());
    }
  }

  @Override
  public Resolution resolve(SmtpPeer peer, Recipient recipient) throws StoreException {
    Address address = recipient.address();
    String domain = address.canonicalDomain();
    if (!domain.isEmpty() && !domains.contains(domain)) {
      return new Resolution.Remote();
    }
    for (String account : candidates(address, domain)) {
      if (directory.exists(account)) {
        return new Resolution.Local(account, MailboxName.INBOX);
      }
    }
    return new Resolution.Refused(new Verdict(550, "5.1.1", "No such user here"));
  }

  private static List<String> candidates(Address address, String domain) {
    String local = address.localPart().toLowerCase(Locale.ROOT);
    int plus = local.indexOf('+', 1);
    String base = plus < 0 ? local : local.substring(0, plus);
    return domain.isEmpty()
        ? List.of(local)
        : List.of(local + '@' + domain, local, base + '@' + domain, base);
  }
}
