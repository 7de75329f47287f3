package org.posthorn.store.jdbc;

import org.posthorn.sqlite.Work;
import org.posthorn.store.StoreException;
import org.posthorn.store.support.MoveJournal;

/** Moves between accounts. */
interface Moves extends MoveJournal {
  /** Commits the copies of a move in the account that they go to. */
  <T> T commit(AccountMail target, String move, Work<T> copies) throws StoreException;

  /** Finishes what a crash left half done. */
  void recover() throws StoreException;
}
