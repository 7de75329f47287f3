package org.posthorn.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Cursor;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** SQL of runs of messages: message_state. */
final class Runs {
  /** What lies between two UIDs: up to the run that has the last one or a greater one. */
  private static final String BETWEEN =
      " FROM message_state WHERE mailbox = ? AND last_uid >= ? AND last_uid <= coalesce((SELECT"
          + " min(last_uid) FROM message_state WHERE mailbox = ? AND last_uid >= ?), "
          + UidSet.MAX_UID
          + ") ";

  private Runs() {}

  /** Runs of which something lies between two UIDs, a number of them at most. */
  static List<Run> between(Db db, long mailbox, long first, long last, int max)
      throws SQLException {
    List<Run> runs = new ArrayList<>();
    try (ResultSet found =
        db.open(
            "SELECT " + Run.COLUMNS + BETWEEN + "ORDER BY last_uid LIMIT ?",
            mailbox,
            first,
            mailbox,
            last,
            max)) {
      while (found.next()) {
        Run run = Run.of(found);
        if (run.first() <= last) {
          runs.add(run);
        }
      }
    }
    return runs;
  }

  /** The run that a UID lies in and those behind it, a number of them at most. */
  static List<Run> from(Db db, long mailbox, long uid, int max) throws SQLException {
    return db.all(
        Run::of,
        "SELECT "
            + Run.COLUMNS
            + " FROM message_state WHERE mailbox = ? AND last_uid >= ? ORDER BY last_uid LIMIT ?",
        mailbox,
        uid,
        max);
  }

  /** Runs with messages behind a cursor, in the order of the history. */
  static List<Run> changedAfter(Db db, long mailbox, Cursor cursor, long max) throws SQLException {
    return db.all(
        Run::of,
        "SELECT "
            + Run.COLUMNS
            + " FROM message_state WHERE mailbox = ? AND (mod_seq, last_uid) > (?, ?)"
            + " ORDER BY mod_seq, last_uid LIMIT ?",
        mailbox,
        cursor.modSeq(),
        cursor.uid(),
        max);
  }

  /** What lies between two UIDs, cut off there. */
  static List<Run> within(Db db, long mailbox, UidSet.Range range) throws SQLException {
    List<Run> runs = between(db, mailbox, range.first(), range.last(), Integer.MAX_VALUE);
    runs.replaceAll(run -> run.within(range.first(), range.last()));
    return runs;
  }

  /** The run that a UID lies in, or the next one; null behind the last. */
  private static @Nullable Run at(Db db, long mailbox, long uid) throws SQLException {
    List<Run> found = from(db, mailbox, uid, 1);
    return found.isEmpty() ? null : found.get(0);
  }

  /** Runs with or without a flag between two UIDs; UIDs of no message may be among them. */
  static UidSet flagged(Db db, long mailbox, SystemFlag flag, boolean set, UidSet among)
      throws SQLException {
    UidSet.Builder uids = UidSet.builder();
    db.each(
        row -> uids.addRange(row.getLong(1), row.getLong(2)),
        "SELECT first_uid, last_uid"
            + BETWEEN
            + "AND flags & CAST(? AS INTEGER) = CAST(? AS INTEGER) ORDER BY last_uid",
        mailbox,
        among.first(),
        mailbox,
        among.last(),
        flag.bit(),
        set ? flag.bit() : 0);
    return uids.build();
  }

  static void insert(Db db, long mailbox, Run run) throws SQLException {
    db.update(
        "INSERT INTO message_state (mailbox, first_uid, last_uid, mod_seq, flags, keywords)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        mailbox,
        run.first(),
        run.last(),
        run.modSeq(),
        run.systemBits(),
        run.keywords());
  }

  /** Removes the runs that end between two UIDs. */
  static void delete(Db db, long mailbox, long first, long last) throws SQLException {
    db.update(
        "DELETE FROM message_state WHERE mailbox = ? AND last_uid BETWEEN ? AND ?",
        mailbox,
        first,
        last);
  }

  /**
   * The messages of a range are gone; {@code existing} has them still, and the messages before and
   * behind stay.
   */
  static void forget(Db db, long mailbox, UidSet.Range gone, UidSet existing) throws SQLException {
    long before = existing.rank(gone.first());
    Run head = before == 0 ? null : at(db, mailbox, gone.first());
    if (head != null && head.first() < gone.first() && head.last() <= gone.last()) {
      db.update(
          "UPDATE message_state SET last_uid = ? WHERE mailbox = ? AND last_uid = ?",
          existing.nth(before - 1),
          mailbox,
          head.last());
    }
    delete(db, mailbox, gone.first(), gone.last());
    long behind = existing.rank(gone.last() + 1);
    Run tail = behind == existing.size() ? null : at(db, mailbox, gone.last() + 1);
    if (tail != null && tail.first() >= gone.first() && tail.first() <= gone.last()) {
      db.update(
          "UPDATE message_state SET first_uid = ? WHERE mailbox = ? AND last_uid = ?",
          existing.nth(behind),
          mailbox,
          tail.last());
    }
  }

  /** The lowest UID without \Seen, 0 when there is none. */
  static long firstUnseen(Db db, long mailbox) throws SQLException {
    return db.number(
        "SELECT first_uid FROM message_state WHERE mailbox = ? AND flags & 1 = 0"
            + " ORDER BY last_uid LIMIT 1",
        mailbox);
  }

  /** As {@link #flagged}, of \Deleted, by an index of these alone. */
  static UidSet deleted(Db db, long mailbox, UidSet among) throws SQLException {
    UidSet.Builder uids = UidSet.builder();
    db.each(
        row -> uids.addRange(row.getLong(1), row.getLong(2)),
        "SELECT first_uid, last_uid FROM message_state WHERE mailbox = ? AND flags & 8 = 8"
            + " AND last_uid >= ? AND last_uid <= coalesce((SELECT min(last_uid) FROM message_state"
            + " WHERE mailbox = ? AND flags & 8 = 8 AND last_uid >= ?), "
            + UidSet.MAX_UID
            + ") ORDER BY last_uid",
        mailbox,
        among.first(),
        mailbox,
        among.last());
    return uids.build();
  }
}
