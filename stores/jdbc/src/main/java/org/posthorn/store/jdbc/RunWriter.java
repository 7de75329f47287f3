package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;

/** Writes runs in the order of their UIDs, those that are alike and touch each other as one. */
final class RunWriter {
  private final Db db;
  private final long mailbox;
  private @Nullable Run last;

  RunWriter(Db db, long mailbox) {
    this.db = db;
    this.mailbox = mailbox;
  }

  /**
   * Takes the next run.
   *
   * @param touches whether there is no message between the run before and this one
   */
  void add(Run run, boolean touches) throws SQLException {
    if (last != null && touches && last.isLike(run)) {
      last = new Run(last.first(), run.last(), run.modSeq(), run.systemBits(), run.keywords());
    } else {
      flush();
      last = run;
    }
  }

  /** Takes one more message. */
  void add(long uid, long modSeq, int systemBits, long keywords) throws SQLException {
    add(new Run(uid, uid, modSeq, systemBits, keywords), last != null && last.last() + 1 == uid);
  }

  /** Writes what is not written yet. */
  void flush() throws SQLException {
    if (last != null) {
      Runs.insert(db, mailbox, last);
      last = null;
    }
  }
}
