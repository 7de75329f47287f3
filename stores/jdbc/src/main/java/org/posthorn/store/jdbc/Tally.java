package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.posthorn.sqlite.Db;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** What some messages add to the counters of a mailbox. */
record Tally(long messages, long octets, long unseen, long deleted, long deletedOctets) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0);

  /** Flags by which messages are counted. */
  private static final int COUNTED = SystemFlag.SEEN.bit() | SystemFlag.DELETED.bit();

  /** Messages that all have the same system flags. */
  static Tally of(int systemBits, long messages, long octets) {
    boolean seen = (systemBits & SystemFlag.SEEN.bit()) != 0;
    boolean isDeleted = (systemBits & SystemFlag.DELETED.bit()) != 0;
    return new Tally(
        messages, octets, seen ? 0 : messages, isDeleted ? messages : 0, isDeleted ? octets : 0);
  }

  /** The messages between two UIDs, both included; alike ones next to each other at once. */
  static Tally between(Db db, long mailbox, UidSet.Range range) throws SQLException {
    Tally sum = NONE;
    List<Run> runs = Runs.within(db, mailbox, range);
    int begun = 0;
    for (int i = 1; i <= runs.size(); i++) {
      if (i == runs.size()
          || ((runs.get(i).systemBits() ^ runs.get(begun).systemBits()) & COUNTED) != 0) {
        sum =
            sum.plus(
                of(
                    db,
                    mailbox,
                    runs.get(begun).systemBits(),
                    runs.get(begun).first(),
                    runs.get(i - 1).last()));
        begun = i;
      }
    }
    return sum;
  }

  private static Tally of(Db db, long mailbox, int systemBits, long first, long last)
      throws SQLException {
    Tally tally =
        db.first(
            row -> of(systemBits, row.getLong(1), row.getLong(2)),
            "SELECT count(*), sum(octets) FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ?",
            mailbox,
            first,
            last);
    return tally == null ? NONE : tally;
  }

  Tally plus(Tally other) {
    return new Tally(
        messages + other.messages,
        octets + other.octets,
        unseen + other.unseen,
        deleted + other.deleted,
        deletedOctets + other.deletedOctets);
  }
}
