package org.posthorn.store.jdbc;

import java.lang.ref.SoftReference;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;

/**
 * The runs of the mailbox that was read last, remembered with the MODSEQ at which they were true:
 * clients fetch from a mailbox page by page, and each page would read runs anew. Memory may be
 * taken back at any time. Thread-safe.
 */
final class KnownRuns {
  /** A mailbox with more messages is not remembered: about a megabyte. */
  private static final long MOST = 16_384;

  private record Known(long mailbox, long modSeq, long messages, List<Run> runs) {
    /** A mailbox that is being restored grows at one and the same MODSEQ. */
    boolean isOf(MailboxRow row) {
      return mailbox == row.id && modSeq == row.modSeq && messages == row.messages;
    }
  }

  private volatile SoftReference<Known> last = new SoftReference<>(null);

  /** All runs of a mailbox; null where they are too many to be remembered. */
  @Nullable List<Run> of(Db db, MailboxRow row) throws SQLException {
    Known known = last.get();
    if (known == null || !known.isOf(row)) {
      if (row.messages > MOST) {
        return null;
      }
      List<Run> runs = Runs.from(db, row.id, 1, (int) MOST);
      known = new Known(row.id, row.modSeq, row.messages, runs);
      last = new SoftReference<>(known);
    }
    return known.runs;
  }

  void forget() {
    last.clear();
  }
}
