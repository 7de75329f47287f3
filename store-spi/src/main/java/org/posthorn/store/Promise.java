package org.posthorn.store;

/**
 * A guarantee beyond the contract that a store may declare and is then held to by the contract kit.
 */
public enum Promise {
  /**
   * A crash during MOVE leaves each message in exactly one of the two mailboxes, one during REPLACE
   * the old message or the new one.
   */
  ATOMIC_MOVE,
  /**
   * A crash during COPY, MOVE or REPLACE between two accounts leaves all of it or nothing; while a
   * MOVE runs its messages may be seen in both for a moment, and what a REPLACE does away with
   * beside what comes.
   */
  ATOMIC_ACROSS_ACCOUNTS,
  /** A quota is never exceeded, not even for a moment and under concurrency. */
  EXACT_QUOTA,
  /**
   * A mailbox that comes back ({@link Restoration}) is the old one until the commit and the
   * restored one from then on; a crash before leaves the old one.
   */
  ATOMIC_RESTORE,
  /**
   * What {@link Mailbox#content} gave can be read to its end, whoever expunges the message
   * meanwhile through this store.
   */
  HELD_BODIES,
  /**
   * What was acknowledged survives the death of the process and, as far as fsync promises, of the
   * machine.
   */
  DURABLE,
  /**
   * Whoever watches a mailbox is hinted at each of its changes before the call that made it
   * returns, whoever made it: no other process changes mail, and no hint is lost. A session to
   * which nothing was hinted then need not ask for changes.
   */
  HINTS_ALL
}
