package org.posthorn.delivery;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
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
  private final @Nullable String postmaster;

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
    this(directory, canonical(domains), details, null);
  }

  private DirectoryResolver(
      AccountDirectory directory,
      Set<String> domains,
      DetailPolicy details,
      @Nullable String postmaster) {
    this.directory = directory;
    this.domains = domains;
    this.details = details;
    this.postmaster = postmaster;
  }

  /**
   * The same, where mail for postmaster, which every server has to take (RFC 5321 section 4.5.1),
   * goes to an account unless one has that name.
   */
  public DirectoryResolver withPostmaster(String account) {
    return new DirectoryResolver(directory, domains, details, account);
  }

  private static Set<String> canonical(Set<String> domains) {
    Set<String> canonical = new TreeSet<>();
    for (String domain : domains) {
      canonical.add(new Address("postmaster", domain).canonicalDomain());
    }
    return canonical;
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
    if (directory.exists(local)) {
      return new Resolution.Local(local, mailbox);
    }
    return postmaster != null && local.equals("postmaster") && directory.exists(postmaster)
        ? new Resolution.Local(postmaster, mailbox)
        : UNKNOWN;
  }
}
