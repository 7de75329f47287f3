package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.UidRangeCodec;

/**
 * The UIDs of each mailbox as ranges, remembered with the MODSEQ at which they were true and
 * brought up to date from the change history: a look costs what changed since the last one, not
 * what the mailbox holds. Where they are not as many as the mailbox counts, all are read anew.
 * Thread-safe.
 */
final class UidSets {
  /** A mailbox of fewer messages is read faster than its ranges would be kept. */
  private static final long WORTH_KEEPING = 1_000;

  private record Known(long modSeq, UidSet uids, boolean kept) {
    /** Earlier versions wrote down what they saw of a mailbox in the middle of a restoration. */
    boolean isOf(MailboxRow row) {
      return modSeq == row.modSeq && uids.size() == row.messages;
    }

    boolean worthKeeping() {
      return !kept && uids.size() >= WORTH_KEEPING;
    }
  }

  private final Map<Long, Known> known = new ConcurrentHashMap<>();

  /**
   * The UIDs at the MODSEQ of the row. Within a writing transaction only before the transaction
   * changes messages of this mailbox.
   */
  UidSet at(Db db, MailboxRow row) throws SQLException {
    Known last = known.get(row.id);
    if (last == null) {
      last = load(db, row.id);
    }
    if (last != null && last.isOf(row)) {
      known.putIfAbsent(row.id, last);
      return last.uids;
    }
    UidSet uids =
        last != null && last.modSeq < row.modSeq && last.modSeq >= row.vanishedFloor
            ? forward(db, row, last)
            : scan(db, row);
    if (uids.size() != row.messages) {
      uids = scan(db, row);
    }
    known.merge(
        row.id,
        new Known(row.modSeq, uids, false),
        (before, now) -> before.modSeq > now.modSeq ? before : now);
    return uids;
  }

  void forget() {
    known.clear();
  }

  /** Whether {@link #keep} has something to write. */
  boolean hasNews() {
    return known.values().stream().anyMatch(Known::worthKeeping);
  }

  /**
   * Writes down what is known, so that the next process need not read all messages; gives how many
   * mailboxes.
   */
  int keep(Db db) throws SQLException {
    int kept = 0;
    for (Map.Entry<Long, Known> entry : known.entrySet()) {
      Known last = entry.getValue();
      if (last.worthKeeping()) {
        kept +=
            db.update(
                "INSERT INTO uid_ranges (mailbox, mod_seq, ranges)"
                    + " SELECT id, ?, ? FROM mailbox WHERE id = ? ON CONFLICT (mailbox)"
                    + " DO UPDATE SET mod_seq = excluded.mod_seq, ranges = excluded.ranges"
                    + " WHERE uid_ranges.mod_seq <= excluded.mod_seq",
                last.modSeq,
                UidRangeCodec.encode(last.uids),
                entry.getKey());
      }
    }
    return kept;
  }

  private static @Nullable Known load(Db db, long mailbox) throws SQLException {
    return db.first(
        row -> new Known(row.getLong(1), UidRangeCodec.decode(row.getBytes(2)), true),
        "SELECT mod_seq, ranges FROM uid_ranges WHERE mailbox = ?",
        mailbox);
  }

  /** UIDs only grow: what came has greater ones than all that were known. */
  private static UidSet forward(Db db, MailboxRow row, Known last) throws SQLException {
    UidSet.Builder came = UidSet.builder();
    db.each(
        r -> came.add(r.getLong(1)),
        "SELECT uid FROM message WHERE mailbox = ? AND uid > ? ORDER BY uid",
        row.id,
        last.uids.last());
    UidSet.Builder went = UidSet.builder();
    db.each(
        r -> went.addRange(r.getLong(1), r.getLong(2)),
        "SELECT first_uid, last_uid FROM vanished WHERE mailbox = ? AND mod_seq > ?",
        row.id,
        last.modSeq);
    return last.uids.union(came.build()).minus(went.build());
  }

  private static UidSet scan(Db db, MailboxRow row) throws SQLException {
    UidSet.Builder uids = UidSet.builder();
    db.each(
        r -> uids.add(r.getLong(1)),
        "SELECT uid FROM message WHERE mailbox = ? ORDER BY uid",
        row.id);
    return uids.build();
  }
}
