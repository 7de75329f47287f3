package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;
import org.posthorn.sqlite.Db;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxInfo.State;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Rows of mailboxes come and go. */
final class Mailboxes {
  private Mailboxes() {}

  /** A new empty mailbox with a UIDVALIDITY that no other of this account has or had. */
  static MailboxRow insert(Db db, Clock clock, MailboxName name, Set<SpecialUse> use)
      throws SQLException, StoreException {
    long last = db.number("SELECT uid_validity FROM account WHERE id = ?", db.tenant());
    long uidValidity =
        Math.min(Math.max(last + 1, clock.instant().getEpochSecond()), UidSet.MAX_UID);
    db.update("UPDATE account SET uid_validity = ? WHERE id = ?", uidValidity, db.tenant());
    long id =
        db.number(
            "INSERT INTO mailbox (account, name, object_id, uid_validity, special_use)"
                + " VALUES (?, ?, ?, ?, ?) RETURNING id",
            db.tenant(),
            name.path(),
            NewIds.next('F'),
            uidValidity,
            SpecialUses.toText(use));
    return MailboxRow.require(db, id);
  }

  static long count(Db db) throws SQLException {
    return db.number(
        "SELECT count(*) FROM mailbox WHERE account = ? AND " + HiddenMailbox.NOT_HIDDEN,
        db.tenant());
  }

  /** A name without a mailbox. */
  static void insertName(Db db, MailboxName name) throws SQLException {
    db.update("INSERT INTO mailbox (account, name) VALUES (?, ?)", db.tenant(), name.path());
  }

  /** Removes a mailbox or name with all that it holds. */
  static void delete(Db db, MailboxRow mailbox, long now) throws SQLException {
    delete(db, mailbox.id, now);
    if (mailbox.objectId != null) {
      Attributes.forget(db, mailbox.objectId.value());
    }
  }

  /** Removes the row of a mailbox with its messages and what is remembered of them. */
  static void delete(Db db, long mailbox, long now) throws SQLException {
    Messages.forgetBodies(db, mailbox, 1, UidSet.MAX_UID, now);
    db.update("DELETE FROM message WHERE mailbox = ?", mailbox);
    db.update("DELETE FROM message_state WHERE mailbox = ?", mailbox);
    db.update("DELETE FROM mailbox_keyword WHERE mailbox = ?", mailbox);
    db.update("DELETE FROM uid_ranges WHERE mailbox = ?", mailbox);
    db.update("DELETE FROM vanished WHERE mailbox = ?", mailbox);
    db.update("DELETE FROM mailbox WHERE id = ?", mailbox);
  }

  static MailboxInfo info(Db db, MailboxRow row) throws SQLException {
    return info(row, Subscriptions.contains(db, row.name), MailboxRow.hasInferiors(db, row.name));
  }

  static MailboxInfo info(MailboxRow row, boolean subscribed, boolean hasChildren) {
    return new MailboxInfo(
        row.name,
        row.objectId,
        row.uidValidity,
        row.selectable() ? State.SELECTABLE : State.NO_SELECT,
        subscribed,
        hasChildren,
        row.specialUse);
  }
}
