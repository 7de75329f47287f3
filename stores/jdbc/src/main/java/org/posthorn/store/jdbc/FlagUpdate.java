package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.posthorn.sqlite.Db;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * STORE within one transaction. Works on ranges of messages and on groups of equal flags in them,
 * not on single messages: marking a whole mailbox as read is a handful of statements.
 */
final class FlagUpdate {
  /** Messages of one range that have the same flags. */
  private record Group(int systemBits, long keywords, long messages, long octets) {}

  private final AccountMail mail;
  private final Db db;
  private final MailboxRow mailbox;
  private final FlagChange change;

  FlagUpdate(AccountMail mail, Db db, MailboxRow mailbox, FlagChange change) {
    this.mail = mail;
    this.db = db;
    this.mailbox = mailbox;
    this.change = change;
  }

  FlagsResult run(UidSet uids, OptionalLong unchangedSince) throws SQLException, StoreException {
    UidSet existing = mail.uidSets.at(db, mailbox);
    UidSet wanted = uids.intersect(existing);
    UidSet refused =
        unchangedSince.isPresent()
            ? changedAfter(unchangedSince.getAsLong(), wanted, existing)
            : UidSet.EMPTY;
    long modSeq = mailbox.modSeq + 1;
    UidSet.Builder changed = UidSet.builder();
    for (UidSet.Range range : Ranges.cover(wanted.minus(refused), existing)) {
      changed.addAll(update(range, existing.clamp(range.first(), range.last()), modSeq));
    }
    UidSet all = changed.build();
    if (!all.isEmpty()) {
      mailbox.nextModSeq();
      mailbox.save(db);
    }
    return new FlagsResult(all, refused, uids.minus(existing), mailbox.modSeq);
  }

  private UidSet changedAfter(long modSeq, UidSet wanted, UidSet existing) throws SQLException {
    if (modSeq >= mailbox.modSeq) {
      return UidSet.EMPTY;
    }
    UidSet.Builder found = UidSet.builder();
    for (UidSet.Range range : Ranges.cover(wanted, existing)) {
      db.each(
          row -> found.add(row.getLong(1)),
          "SELECT uid FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ? AND mod_seq > ?"
              + " ORDER BY uid",
          mailbox.id,
          range.first(),
          range.last(),
          modSeq);
    }
    return found.build();
  }

  /** Gives those of the range that were changed. */
  private UidSet update(UidSet.Range range, UidSet inRange, long modSeq)
      throws SQLException, StoreException {
    List<Group> changing = new ArrayList<>();
    List<Flags> wanted = new ArrayList<>();
    long messages = 0;
    for (Group group : groups(range)) {
      Flags before = mail.keywords.flags(db, group.systemBits, group.keywords);
      Flags after = change.apply(before);
      if (!after.equals(before)) {
        changing.add(group);
        wanted.add(after);
        messages += group.messages;
      }
    }
    UidSet changed =
        messages == inRange.size()
            ? inRange
            : messages == 0 ? UidSet.EMPTY : members(range, changing);
    for (int i = 0; i < changing.size(); i++) {
      update(range, changing.get(i), wanted.get(i), modSeq);
    }
    return changed;
  }

  private List<Group> groups(UidSet.Range range) throws SQLException {
    return db.all(
        row -> new Group(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4)),
        "SELECT flags, keywords, count(*), sum(octets) FROM message"
            + " WHERE mailbox = ? AND uid BETWEEN ? AND ? GROUP BY flags, keywords",
        mailbox.id,
        range.first(),
        range.last());
  }

  private UidSet members(UidSet.Range range, List<Group> groups) throws SQLException {
    UidSet.Builder uids = UidSet.builder();
    for (Group group : groups) {
      db.each(
          row -> uids.add(row.getLong(1)),
          "SELECT uid FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ? AND flags = ?"
              + " AND keywords = ? ORDER BY uid",
          mailbox.id,
          range.first(),
          range.last(),
          group.systemBits,
          group.keywords);
    }
    return uids.build();
  }

  /** The new MODSEQ keeps what became equal to a later group from being taken for part of it. */
  private void update(UidSet.Range range, Group group, Flags after, long modSeq)
      throws SQLException, StoreException {
    long keywords = mail.keywords.intern(db, mailbox.id, after);
    db.update(
        "UPDATE message SET flags = ?, keywords = ?, mod_seq = ? WHERE mailbox = ?"
            + " AND uid BETWEEN ? AND ? AND flags = ? AND keywords = ? AND mod_seq < ?",
        after.systemBits(),
        keywords,
        modSeq,
        mailbox.id,
        range.first(),
        range.last(),
        group.systemBits,
        group.keywords,
        modSeq);
    mailbox.subtract(Tally.of(group.systemBits, group.messages, group.octets));
    mailbox.add(Tally.of(after.systemBits(), group.messages, group.octets));
  }
}
