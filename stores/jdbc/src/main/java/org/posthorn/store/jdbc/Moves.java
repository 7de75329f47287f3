package org.posthorn.store.jdbc;

import org.posthorn.sqlite.Work;
import org.posthorn.store.Appended;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.MoveJournal;

/** Moves between accounts. */
interface Moves extends MoveJournal {
  /**
   * Commits the copies of a move in the account that they go to.
   *
   * @param originals of which the copies are, in the order of their UIDs
   */
  Appended commit(AccountMail target, String move, UidSet originals, Work<Appended> copies)
      throws StoreException;

  /** Finishes what a crash left half done; what cannot be finished now is tried again later. */
  void recover() throws StoreException;

  /** Tries again what failed half done and concerns an account, before somebody changes it. */
  void finish(String account);
}
