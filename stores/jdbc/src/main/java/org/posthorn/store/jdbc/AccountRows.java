package org.posthorn.store.jdbc;

import org.posthorn.sqlite.Work;
import org.posthorn.store.StoreException;

/** Transactions on what is kept of one account. Thread-safe. */
interface AccountRows extends Transactions {
  /** As {@link #write}, without waiting for the disk: the next write takes it along. */
  <T> T writeUnsynced(Work<T> work) throws StoreException;

  /** As {@link #write} of this account and of another one, by its number, in one database. */
  default <T> T writeTogether(long other, Work<T> work) throws StoreException {
    throw new UnsupportedOperationException("accounts in databases of their own");
  }

  /** Whether nothing can be written. */
  default boolean isReadOnly() {
    return false;
  }

  /** Whether no other process changes them. */
  default boolean areOurs() {
    return false;
  }

  /** Whether there is something to close. */
  boolean isOpen();

  /** Whether what the account is kept in is gone though the account is listed. */
  boolean isMissing();

  /** Makes an INBOX unless it is there. */
  void make() throws StoreException;

  /** Removes all of it and gives the greatest UIDVALIDITY that was used; nobody else uses it. */
  long destroy() throws StoreException;

  /** What is remembered beside it goes; may be used again. */
  @Override
  void close() throws StoreException;
}
