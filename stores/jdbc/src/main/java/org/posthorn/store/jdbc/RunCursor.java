package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.posthorn.sqlite.Db;

/** The runs that messages lie in, for messages that are asked for in the order of their UIDs. */
final class RunCursor {
  private final Db db;
  private final long mailbox;
  private final int atOnce;
  private List<Run> runs;
  private int next;

  private RunCursor(Db db, long mailbox, List<Run> runs, int next, int atOnce) {
    this.db = db;
    this.mailbox = mailbox;
    this.runs = runs;
    this.next = next;
    this.atOnce = atOnce;
  }

  /** Reads so many runs at a time when they are needed. */
  static RunCursor reading(Db db, long mailbox, int atOnce) {
    return new RunCursor(db, mailbox, List.of(), 0, atOnce);
  }

  /** Has all runs already; the first message asked for will be this or one behind it. */
  static RunCursor of(Db db, long mailbox, List<Run> all, long first) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).last() < first) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return new RunCursor(db, mailbox, all, low, 1);
  }

  long mailbox() {
    return mailbox;
  }

  /** The run of a message that exists. */
  Run at(long uid) throws SQLException {
    while (next < runs.size() && runs.get(next).last() < uid) {
      next++;
    }
    if (next == runs.size()) {
      runs = Runs.from(db, mailbox, uid, atOnce);
      next = 0;
    }
    if (runs.isEmpty() || runs.get(next).first() > uid) {
      throw new SQLException("no run has message " + uid);
    }
    return runs.get(next);
  }
}
