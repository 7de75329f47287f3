package org.posthorn.store.jdbc;

import org.posthorn.store.StoreException;

/**
 * Exclusive use of the mailboxes of an account. A holder that does nothing for the length of a
 * lease is taken for dead once somebody else asks. Thread-safe.
 */
interface Leases {
  /**
   * Takes or renews.
   *
   * @throws StoreException IN_USE when somebody else has it
   */
  void take(long mailbox, Object holder) throws StoreException;

  /**
   * Renews what was taken.
   *
   * @throws StoreException IN_USE when it expired and somebody else took it
   */
  void renew(long mailbox, Object holder) throws StoreException;

  /** Gives back what was taken, if the holder still has it. */
  void release(long mailbox, Object holder) throws StoreException;
}
