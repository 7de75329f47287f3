package org.posthorn.store.support;

import java.util.function.Function;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.Expunged;
import org.posthorn.store.Mailbox;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Messages of one account go because others come to another account. Those are there before the
 * originals go; the journal finishes it after a crash or a failure.
 */
final class Handover {
  private final MoveJournal journal;
  private final Place from;
  private final Mailbox source;
  private final Place target;

  Handover(MoveJournal journal, Place from, Mailbox source, Place target) {
    this.journal = journal;
    this.from = from;
    this.source = source;
    this.target = target;
  }

  /** Commits what comes; {@link #note} has to be called before. */
  interface Arrival<T> {
    T commit(String move) throws StoreException;
  }

  /** What has come, and what went. */
  record Done<T>(T arrived, Expunged originals) {}

  /** Has the group note, as it is committed, of which originals its messages take the place. */
  static void note(AppendGroup group, String move, UidSet originals) {
    if (!move.isEmpty() && group instanceof MoveJournal.Noting noting) {
      noting.noteWhenCommitted(move, originals);
    }
  }

  /**
   * Does it.
   *
   * @param originals that may go
   * @param gone those of them that go after what has come
   */
  <T> Done<T> run(UidSet originals, Arrival<T> arrival, Function<T, UidSet> gone)
      throws StoreException {
    String move = journal.begin(from, originals, target);
    T arrived = null;
    try {
      arrived = arrival.commit(move);
    } finally {
      if (arrived == null) {
        journal.end(move, target);
      }
    }
    Expunged removed = null;
    try {
      removed = source.remove(gone.apply(arrived));
    } finally {
      if (removed == null) {
        journal.leftHalfDone(move);
      }
    }
    journal.end(move, target);
    return new Done<>(arrived, removed);
  }
}
