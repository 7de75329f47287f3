package org.posthorn.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/**
 * The row of one mailbox with its counters: read, changed and written back within one transaction.
 */
final class MailboxRow {
  private static final String SELECT =
      "SELECT id, name, object_id, uid_validity, special_use, uid_next, mod_seq, recent_from,"
          + " messages, octets, unseen, deleted, deleted_octets, vanished_ranges, vanished_floor"
          + " FROM mailbox ";

  final long id;
  final MailboxName name;
  final @Nullable MailboxId objectId;
  final long uidValidity;
  final Set<SpecialUse> specialUse;
  long uidNext;
  long modSeq;
  long recentFrom;
  long messages;
  long octets;
  long unseen;
  long deleted;
  long deletedOctets;
  long vanishedRanges;
  long vanishedFloor;

  private MailboxRow(ResultSet row) throws SQLException {
    id = row.getLong(1);
    name = MailboxName.parse(row.getString(2));
    String object = row.getString(3);
    objectId = object == null ? null : new MailboxId(object);
    uidValidity = row.getLong(4);
    specialUse = SpecialUses.fromText(row.getString(5));
    uidNext = row.getLong(6);
    modSeq = row.getLong(7);
    recentFrom = row.getLong(8);
    messages = row.getLong(9);
    octets = row.getLong(10);
    unseen = row.getLong(11);
    deleted = row.getLong(12);
    deletedOctets = row.getLong(13);
    vanishedRanges = row.getLong(14);
    vanishedFloor = row.getLong(15);
  }

  static @Nullable MailboxRow find(Db db, long id) throws SQLException {
    return db.first(MailboxRow::new, SELECT + "WHERE id = ?", id);
  }

  static @Nullable MailboxRow find(Db db, MailboxName name) throws SQLException {
    return db.first(
        MailboxRow::new, SELECT + "WHERE account = ? AND name = ?", db.tenant(), name.path());
  }

  static @Nullable MailboxRow find(Db db, MailboxId id) throws SQLException {
    return db.first(
        MailboxRow::new, SELECT + "WHERE account = ? AND object_id = ?", db.tenant(), id.value());
  }

  /** The name itself and its inferiors; '0' is the octet after '/'. */
  static List<MailboxRow> subtree(Db db, MailboxName name) throws SQLException {
    List<MailboxRow> found = new ArrayList<>();
    MailboxRow top = find(db, name);
    if (top != null) {
      found.add(top);
    }
    found.addAll(inferiors(db, name));
    return found;
  }

  static List<MailboxRow> inferiors(Db db, MailboxName name) throws SQLException {
    return db.all(
        MailboxRow::new,
        SELECT + "WHERE account = ? AND name > ? AND name < ? ORDER BY name",
        db.tenant(),
        name.path() + "/",
        name.path() + "0");
  }

  static List<MailboxRow> all(Db db) throws SQLException {
    return db.all(
        MailboxRow::new,
        SELECT + "WHERE account = ? AND " + HiddenMailbox.NOT_HIDDEN + " ORDER BY name",
        db.tenant());
  }

  static MailboxRow require(Db db, long id) throws SQLException, StoreException {
    MailboxRow row = find(db, id);
    if (row == null) {
      throw deleted();
    }
    return row;
  }

  static boolean exists(Db db, long id) throws SQLException {
    return db.number("SELECT 1 FROM mailbox WHERE id = ?", id) != 0;
  }

  static StoreException deleted() {
    return new StoreException(Code.NONEXISTENT, "the mailbox was deleted");
  }

  /** A mailbox that can hold messages. */
  static MailboxRow requireSelectable(Db db, MailboxName name) throws SQLException, StoreException {
    MailboxRow row = find(db, name);
    if (row == null) {
      throw new StoreException(Code.NONEXISTENT, "no such mailbox");
    }
    if (row.objectId == null) {
      throw new StoreException(Code.CANNOT, "a name without a mailbox");
    }
    return row;
  }

  static boolean hasInferiors(Db db, MailboxName name) throws SQLException {
    return db.number(
            "SELECT 1 FROM mailbox WHERE account = ? AND name > ? AND name < ? LIMIT 1",
            db.tenant(),
            name.path() + "/",
            name.path() + "0")
        != 0;
  }

  boolean selectable() {
    return objectId != null;
  }

  /** The identity of a mailbox that is known to be one. */
  MailboxId requireId() {
    if (objectId == null) {
      throw new IllegalStateException("not selectable");
    }
    return objectId;
  }

  /** The MODSEQ of the change that the caller is about to make. */
  long nextModSeq() {
    return ++modSeq;
  }

  /** Takes so many UIDs and gives the first. */
  long takeUids(long count) throws StoreException {
    long first = uidNext;
    if (first + count - 1 > UidSet.MAX_UID) {
      throw new StoreException(Code.LIMIT, "the mailbox has given all its UIDs");
    }
    uidNext += count;
    return first;
  }

  void add(Tally tally) {
    messages += tally.messages();
    octets += tally.octets();
    unseen += tally.unseen();
    deleted += tally.deleted();
    deletedOctets += tally.deletedOctets();
  }

  void subtract(Tally tally) {
    messages -= tally.messages();
    octets -= tally.octets();
    unseen -= tally.unseen();
    deleted -= tally.deleted();
    deletedOctets -= tally.deletedOctets();
  }

  void save(Db db) throws SQLException {
    db.update(
        "UPDATE mailbox SET uid_next = ?, mod_seq = ?, recent_from = ?, messages = ?, octets = ?,"
            + " unseen = ?, deleted = ?, deleted_octets = ?, vanished_ranges = ?,"
            + " vanished_floor = ? WHERE id = ?",
        uidNext,
        modSeq,
        recentFrom,
        messages,
        octets,
        unseen,
        deleted,
        deletedOctets,
        vanishedRanges,
        vanishedFloor,
        id);
  }
}
