package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.SystemFlag;

/** What some messages add to the counters of a mailbox. */
record Tally(long messages, long octets, long unseen, long deleted, long deletedOctets) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0);

  /** Messages that all have the same system flags. */
  static Tally of(int systemBits, long messages, long octets) {
    boolean seen = (systemBits & SystemFlag.SEEN.bit()) != 0;
    boolean isDeleted = (systemBits & SystemFlag.DELETED.bit()) != 0;
    return new Tally(
        messages, octets, seen ? 0 : messages, isDeleted ? messages : 0, isDeleted ? octets : 0);
  }

  /** The messages between two UIDs, both included. */
  static Tally between(Db db, long mailbox, long first, long last) throws SQLException {
    Tally tally =
        db.first(
            row ->
                new Tally(
                    row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
            "SELECT count(*), coalesce(sum(octets), 0),"
                + " coalesce(sum(CASE WHEN flags & 1 = 0 THEN 1 ELSE 0 END), 0),"
                + " coalesce(sum(CASE WHEN flags & 8 = 8 THEN 1 ELSE 0 END), 0),"
                + " coalesce(sum(CASE WHEN flags & 8 = 8 THEN octets ELSE 0 END), 0)"
                + " FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ?",
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
