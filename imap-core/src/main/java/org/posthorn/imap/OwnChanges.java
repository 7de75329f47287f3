package org.posthorn.imap;

import java.util.ArrayDeque;
import java.util.Deque;
import org.posthorn.store.Cursor;
import org.posthorn.store.Row;
import org.posthorn.store.UidSet;

/** What this session did in its mailbox, and its client need not be told as if others had. */
final class OwnChanges {
  /** More are forgotten, and told; a client that hears nothing for long does not cost memory. */
  private static final int MOST = 1_000;

  private final Deque<Flagged> flagged = new ArrayDeque<>();
  private UidSet arrived = UidSet.EMPTY;
  private UidSet removed = UidSet.EMPTY;

  /** Flags that were set, and that the client knows of. */
  private record Flagged(long modSeq, UidSet uids) {}

  /** Flags were changed in one step. */
  void flagged(long modSeq, UidSet uids) {
    flagged.add(new Flagged(modSeq, uids));
    if (flagged.size() > MOST) {
      flagged.remove();
    }
  }

  /** Whether this state of a message is of the session's own making. */
  boolean made(Row row) {
    for (Flagged change : flagged) {
      if (change.modSeq() == row.modSeq() && change.uids().contains(row.uid())) {
        return true;
      }
    }
    return false;
  }

  /** Everything up to there has been told. */
  void toldUpTo(Cursor to) {
    while (!flagged.isEmpty() && !to.isBefore(flagged.element().modSeq(), Long.MAX_VALUE)) {
      flagged.remove();
    }
  }

  /** Messages were put there. */
  void arrived(UidSet uids) {
    arrived = arrived.union(uids);
  }

  UidSet takeArrived() {
    UidSet taken = arrived;
    arrived = UidSet.EMPTY;
    return taken;
  }

  /** Messages were expunged or moved away. */
  void removed(UidSet uids) {
    removed = removed.union(uids);
  }

  UidSet takeRemoved() {
    UidSet taken = removed;
    removed = UidSet.EMPTY;
    return taken;
  }
}
