package org.posthorn.store.support;

import org.posthorn.store.AppendGroup;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Remembers a MOVE from one account to another while it is half done, so that a store finishes it
 * after a crash: once the copies are committed the originals go, else nothing has happened.
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
    void noteWhenCommitted(String move);
  }

  /** Remembers what is about to be done; gives a name for it. */
  String begin(Place source, UidSet uids, Place target) throws StoreException;

  /** It is done, or was given up before the copies were committed. */
  void end(String move, Place target) throws StoreException;
}
