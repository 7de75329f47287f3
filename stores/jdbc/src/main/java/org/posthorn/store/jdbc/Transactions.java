package org.posthorn.store.jdbc;

import org.posthorn.sqlite.Work;
import org.posthorn.store.StoreException;

/** Runs work in transactions. Thread-safe. */
interface Transactions {
  /** Runs on a snapshot of what was committed. */
  <T> T read(Work<T> work) throws StoreException;

  /** Runs as the only writer; what it did is on disk when this returns. */
  <T> T write(Work<T> work) throws StoreException;

  void close() throws StoreException;
}
