package org.posthorn.delivery;

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
 * or by its local part, in lower case; what is behind {@code +} is a detail (RFC 5233).
 */
public final class DirectoryResolver implements RecipientResolver {
  private static final Resolution UNKNOWN =
      new Resolution.Refused(new Verdict(550, "5.1.1", "No such user here"));

  private final AccountDirectory directory;
  private final Set<String> domains;
  private final DetailPolicy details;

  /**
   * Looks up recipients of some domains; details are ignored.
   *
   * @param domains that are local; compared without case and as A-labels
   */
  public DirectoryResolver(AccountDirectory directory, Set<String> domains) {
    this(directory, domains, DetailPolicy.IGNORED);
  }

  /**
   * Looks up recipients of some domains.
   *
   * @param domains that are local; compared without case and as A-labels
   */
  public DirectoryResolver(AccountDirectory directory, Set<String> domains, DetailPolicy details) {
    this.directory = directory;
    this.details = details;
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
    Resolution whole = account(address.localPart(), domain, MailboxName.INBOX);
    int plus = address.localPart().indexOf('+', 1);
    if (whole instanceof Resolution.Refused && plus > 0) {
      String detail = address.localPart().substring(plus + 1);
      return account(address.localPart().substring(0, plus), domain, details.mailbox(detail));
    }
    return whole;
  }

  private Resolution account(String localPart, String domain, MailboxName mailbox)
      throws StoreException {
    String local = localPart.toLowerCase(Locale.ROOT);
    if (!domain.isEmpty() && directory.exists(local + '@' + domain)) {
      return new Resolution.Local(local + '@' + domain, mailbox);
    }
    return directory.exists(local) ? new Resolution.Local(local, mailbox) : UNKNOWN;
  }
}
