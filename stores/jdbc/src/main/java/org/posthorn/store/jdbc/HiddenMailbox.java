package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.RestoredCounters;

/**
 * A mailbox that is on its way back. Its row has a name that no mailbox can have and counts
 * nothing, so that nobody meets it until it gets its own name and the counters of its messages. An
 * account has one at most.
 */
final class HiddenMailbox {
  /** Names have no control characters, so that this one sorts before them all. */
  private static final String NAME = "\u0001";

  /** As a condition on rows. */
  static final String NOT_HIDDEN = "name >= ' '";

  private HiddenMailbox() {}

  /** Gives its row, after what an earlier restoration left is gone. */
  static long begin(Db db, RestoredCounters counters, long now) throws SQLException {
    Long left = find(db);
    if (left != null) {
      Mailboxes.delete(db, left, now);
    }
    return db.number(
        "INSERT INTO mailbox (account, name, uid_next, mod_seq) VALUES (?, ?, ?, ?) RETURNING id",
        db.tenant(),
        NAME,
        counters.uidNext(),
        counters.highestModSeq());
  }

  static void require(Db db, long row) throws SQLException, StoreException {
    Long there = find(db);
    if (there == null || there != row) {
      throw new StoreException(Code.NONEXISTENT, "another restoration was begun");
    }
  }

  private static @Nullable Long find(Db db) throws SQLException {
    return db.first(
        row -> row.getLong(1),
        "SELECT id FROM mailbox WHERE account = ? AND name = ?",
        db.tenant(),
        NAME);
  }

  /** Removes it, if it is still there and hidden. */
  static int abandon(Db db, long row, long now) throws SQLException {
    Long there = find(db);
    if (there == null || there != row) {
      return 0;
    }
    Mailboxes.delete(db, row, now);
    return 1;
  }

  /**
   * It gets its name, which is free, and the identity that it had; nobody knows what vanished
   * there.
   */
  static void show(Db db, long row, MailboxInfo info, MailboxId id, RestoredCounters counters)
      throws SQLException, StoreException {
    db.update(
        "UPDATE account SET uid_validity = ? WHERE id = ? AND uid_validity < ?",
        info.uidValidity(),
        db.tenant(),
        info.uidValidity());
    db.update(
        "UPDATE mailbox SET name = ?, object_id = ?, uid_validity = ?, special_use = ?,"
            + " uid_next = ?, mod_seq = ?, recent_from = ?, vanished_floor = ? WHERE id = ?",
        info.name().path(),
        id.value(),
        info.uidValidity(),
        SpecialUses.toText(info.specialUse()),
        counters.uidNext(),
        counters.highestModSeq(),
        counters.uidNext(),
        counters.highestModSeq(),
        row);
    if (counters.renewed()) {
      db.update(
          "UPDATE message_state SET mod_seq = ? WHERE mailbox = ?", counters.highestModSeq(), row);
    }
    MailboxRow shown = MailboxRow.require(db, row);
    shown.add(Tally.between(db, row, new UidSet.Range(1, UidSet.MAX_UID)));
    shown.save(db);
  }
}
