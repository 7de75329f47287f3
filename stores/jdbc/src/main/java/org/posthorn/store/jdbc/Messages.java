package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.UidSet;

/** SQL that changes rows of messages; ranges of UIDs name existing messages only. */
final class Messages {
  private Messages() {}

  static void insert(
      Db db,
      long mailbox,
      long uid,
      long body,
      long octets,
      OffsetDateTime internalDate,
      long saveMillis)
      throws SQLException {
    db.update(
        "INSERT INTO message (mailbox, uid, body, octets, internal_date, zone, save_date)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        mailbox,
        uid,
        body,
        octets,
        internalDate.toEpochSecond(),
        internalDate.getOffset().getTotalSeconds(),
        saveMillis);
  }

  /** Copies the messages of a range to consecutive UIDs of another mailbox or the same one. */
  static void copy(Db db, UidSet.Range range, long from, long to, long firstUid, long saveMillis)
      throws SQLException {
    db.update(
        "INSERT INTO message (mailbox, uid, body, octets, internal_date, zone, save_date)"
            + " SELECT ?, ? + row_number() OVER (ORDER BY uid) - 1, body, octets, internal_date,"
            + " zone, ? FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ? ORDER BY uid",
        to,
        firstUid,
        saveMillis,
        from,
        range.first(),
        range.last());
  }

  static void delete(Db db, long mailbox, UidSet.Range range) throws SQLException {
    db.update(
        "DELETE FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ?",
        mailbox,
        range.first(),
        range.last());
  }

  /** Each message of the range refers to its body once more. */
  static void rememberBodies(Db db, long mailbox, UidSet.Range range) throws SQLException {
    db.update(
        "UPDATE body SET refs = refs + s.n FROM (SELECT body AS id, count(*) AS n FROM message"
            + " WHERE mailbox = ? AND uid BETWEEN ? AND ? GROUP BY body) AS s"
            + " WHERE body.id = s.id",
        mailbox,
        range.first(),
        range.last());
  }

  /**
   * Each message of the range refers to its body no more; bodies without a reference are freed by
   * and by.
   */
  static void forgetBodies(Db db, long mailbox, long first, long last, long now)
      throws SQLException {
    db.update(
        "UPDATE body SET refs = refs - s.n, touched = ? FROM (SELECT body AS id, count(*) AS n FROM"
            + " message WHERE mailbox = ? AND uid BETWEEN ? AND ? GROUP BY body) AS s WHERE body.id"
            + " = s.id",
        now,
        mailbox,
        first,
        last);
  }

  /** The body of a message, 0 when there is no such message. */
  static long body(Db db, long mailbox, long uid) throws SQLException {
    return db.number("SELECT body FROM message WHERE mailbox = ? AND uid = ?", mailbox, uid);
  }

  /** The body of a message, to be read; null when there is no such message. */
  static @Nullable BodyReader content(Db db, long mailbox, long uid) throws SQLException {
    return db.first(
        row -> new BodyReader(row.getLong(1), row.getLong(2)),
        "SELECT body, octets FROM message WHERE mailbox = ? AND uid = ?",
        mailbox,
        uid);
  }

  /** Of the messages between two UIDs together. */
  static long octets(Db db, long mailbox, long first, long last) throws SQLException {
    return db.number(
        "SELECT sum(octets) FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ?",
        mailbox,
        first,
        last);
  }
}
