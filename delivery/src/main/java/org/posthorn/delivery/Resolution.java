package org.posthorn.delivery;

import org.posthorn.smtp.Verdict;
import org.posthorn.store.MailboxName;

/** Where a recipient's mail goes. */
public sealed interface Resolution {
  /** Into a mailbox of an account here. */
  record Local(String account, MailboxName mailbox) implements Resolution {}

  /** To another server, by the {@link Relay}. */
  record Remote() implements Resolution {}

  /** Nowhere. */
  record Refused(Verdict verdict) implements Resolution {}
}
