package org.posthorn.store.jdbc;

import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.support.HintBus;

/** What processes tell each other beside changes of mailboxes, over the same bus. */
final class News {
  /** Account 0 has no mailbox: it is what accounts share. */
  private static final String SHARED = "0";

  private static final MailboxId LIMITS = new MailboxId("limits");

  /** Nobody's mailbox has this identity, so processes of earlier releases look for none. */
  private static final MailboxId NEW_ACCOUNT = new MailboxId("made");

  private News() {}

  /** Limits of quotas were set. */
  static void limitsWereSet(HintBus bus) {
    bus.tell(SHARED, LIMITS, MailboxName.INBOX);
  }

  static boolean isOfLimits(String account) {
    return account.equals(SHARED);
  }

  /** A process without a policy of quotas made the account with this number. */
  static void accountWasMade(HintBus bus, long account) {
    bus.tell(Long.toString(account), NEW_ACCOUNT, MailboxName.INBOX);
  }

  static boolean isOfNewAccount(MailboxId id) {
    return id.equals(NEW_ACCOUNT);
  }
}
