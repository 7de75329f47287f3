package org.posthorn.store.support;

import org.posthorn.store.AppendGroup;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Remembers a MOVE from one account to another, or a REPLACE by a message in another, while it is
 * half done, so that a store finishes it after a crash: once what comes is committed the originals
 * go, else nothing has happened.
 */
public interface MoveJournal {
  /** For a store that keeps nothing. */
  MoveJournal NONE =
      new MoveJournal() {
        @Override
        public String begin(Place source, UidSet uids, Place target) {
          return "";
        }

        @Override
        public void end(String move, Place target) {}
      };

  /** An append group that notes, in the step that commits it, that a move's copies are there. */
  interface Noting extends AppendGroup {
    /**
     * Called before the first message of a MOVE: as many and as large ones go from another account.
     * So they are no growth of quota roots in which both accounts count.
     */
    default void movesFrom(String owner) {}

    /**
     * Called before the commit. A group without messages notes nothing.
     *
     * @param originals of which the messages of the group are copies, in the order of their UIDs;
     *     or the one that they replace
     */
    void noteWhenCommitted(String move, UidSet originals);
  }

  /**
   * Remembers what is about to be done; gives a name for it.
   *
   * @throws StoreException when an earlier move of these accounts is half done and cannot be
   *     finished now; nothing is remembered then
   */
  String begin(Place source, UidSet uids, Place target) throws StoreException;

  /** It is done, or was given up before the copies were committed. */
  void end(String move, Place target);

  /**
   * The copies are there and the originals could not be removed: that is to be tried again, before
   * anybody moves them once more. An original whose copy is gone by then stays.
   */
  default void leftHalfDone(String move) {}
}
