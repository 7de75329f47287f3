package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import org.posthorn.sqlite.Db;
import org.posthorn.store.UidSet;

/** Which messages went, and at which MODSEQ; the oldest of it is forgotten by number and by age. */
final class Vanished {
  private Vanished() {}

  static void add(Db db, Settings settings, MailboxRow mailbox, UidSet uids, long modSeq)
      throws SQLException {
    Instant now = settings.clock().instant();
    for (UidSet.Range range : uids) {
      db.update(
          "INSERT INTO vanished (mailbox, mod_seq, first_uid, last_uid, at) VALUES (?, ?, ?, ?, ?)",
          mailbox.id,
          modSeq,
          range.first(),
          range.last(),
          now.toEpochMilli());
    }
    mailbox.vanishedRanges += uids.rangeCount();
    forgetOld(db, mailbox, now.minus(settings.vanishedAge()).toEpochMilli());
    forgetMany(db, mailbox, settings.vanishedRanges());
  }

  private static void forgetOld(Db db, MailboxRow mailbox, long before) throws SQLException {
    long oldest =
        db.number("SELECT at FROM vanished WHERE mailbox = ? ORDER BY mod_seq LIMIT 1", mailbox.id);
    if (oldest < before) {
      forget(
          db,
          mailbox,
          db.number(
              "SELECT max(mod_seq) FROM vanished WHERE mailbox = ? AND at < ?",
              mailbox.id,
              before));
    }
  }

  private static void forgetMany(Db db, MailboxRow mailbox, int limit) throws SQLException {
    if (mailbox.vanishedRanges > limit) {
      forget(
          db,
          mailbox,
          db.number(
              "SELECT mod_seq FROM vanished WHERE mailbox = ? ORDER BY mod_seq, first_uid"
                  + " LIMIT 1 OFFSET ?",
              mailbox.id,
              mailbox.vanishedRanges - limit - 1));
    }
  }

  private static void forget(Db db, MailboxRow mailbox, long upTo) throws SQLException {
    mailbox.vanishedRanges -=
        db.update("DELETE FROM vanished WHERE mailbox = ? AND mod_seq <= ?", mailbox.id, upTo);
    mailbox.vanishedFloor = Math.max(mailbox.vanishedFloor, upTo);
  }
}
