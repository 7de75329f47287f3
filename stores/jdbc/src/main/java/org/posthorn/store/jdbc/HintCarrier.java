package org.posthorn.store.jdbc;

import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;

/** Tells other processes of changes. Returns at once; a hint may be lost. */
interface HintCarrier {
  /** For a store that one process uses. */
  HintCarrier NONE = (account, id, name) -> {};

  /** Limits of quotas were set. */
  default void limitsWereSet() {}

  /** A process without a policy of quotas made the account with this number. */
  default void accountWasMade(long account) {}

  /** Something changed in a mailbox of the account with this number. */
  void carry(long account, MailboxId id, MailboxName name);
}
