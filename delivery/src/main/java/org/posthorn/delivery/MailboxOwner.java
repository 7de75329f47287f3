package org.posthorn.delivery;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ValidSince;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.AccountState;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/**
 * Whether a mailbox is still that of the owner whom the sender knows (RFC 7293 section 5.1): it has
 * been from the day on which its account was made.
 */
final class MailboxOwner {
  /** RFC 2142 and RFC 5321 section 4.5.1: these belong to whoever has the office. */
  private static final Set<String> ROLES =
      Set.of(
          "abuse",
          "ftp",
          "hostmaster",
          "info",
          "marketing",
          "news",
          "noc",
          "postmaster",
          "sales",
          "security",
          "support",
          "usenet",
          "uucp",
          "webmaster",
          "www");

  private static final Verdict CHANGED =
      new Verdict(550, "5.7.17", "The mailbox has another owner since then");

  private MailboxOwner() {}

  /** Why not; empty where it is, or where nobody asks. */
  static Optional<Verdict> refusal(MailStore store, Recipient recipient, String account)
      throws StoreException {
    Optional<ValidSince> since = recipient.validSince();
    Optional<AccountState> state = store.facet(AccountState.class);
    String name = recipient.address().localPart().toLowerCase(Locale.ROOT);
    if (since.isEmpty() || state.isEmpty() || ROLES.contains(name)) {
      return Optional.empty();
    }
    Instant created = state.get().life(account).created().truncatedTo(ChronoUnit.SECONDS);
    return created.isAfter(since.get().since()) ? Optional.of(CHANGED) : Optional.empty();
  }
}
