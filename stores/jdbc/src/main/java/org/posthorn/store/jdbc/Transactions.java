package org.posthorn.store.jdbc;

import org.posthorn.sqlite.Work;
import org.posthorn.store.StoreException;

/** Runs work in transactions. Thread-safe. */
interface Transactions {
  /** Runs on a snapshot of what was committed. */
  <T> T read(Work<T> work) throws StoreException;

  /** Runs as the only writer; what it did is on disk when this returns. */
  <T> T write(Work<T> work) throws StoreException;

  /**
   * As write, for a statement that is right whatever others change beside it: where the database
   * can, nobody who writes anything else waits for it.
   */
  default <T> T writeAlongside(Work<T> work) throws StoreException {
    return write(work);
  }

  /**
   * Notes when an account was last looked at, unless that is known. Where others change the account
   * this moment it may stay undone.
   *
   * @param seconds since 1970
   */
  default void retrieved(String account, long seconds) throws StoreException {
    write(
        db ->
            db.update(
                "UPDATE account SET retrieved = ? WHERE name = ? AND retrieved < ?",
                seconds,
                account,
                seconds));
  }

  void close() throws StoreException;
}
