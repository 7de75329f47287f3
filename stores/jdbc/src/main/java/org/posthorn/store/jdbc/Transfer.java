package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * COPY and MOVE between two mailboxes of an account, which may be one and the same, within one
 * transaction. Bodies stay where they are.
 */
final class Transfer {
  private final AccountMail mail;
  private final Db db;
  private final MailboxRow source;
  private final MailboxRow target;

  Transfer(AccountMail mail, Db db, MailboxRow source, MailboxRow target) {
    this.mail = mail;
    this.db = db;
    this.source = source;
    this.target = source.id == target.id ? source : target;
  }

  /** Gives the UIDs of the copies; the messages named exist. */
  UidSet copy(UidSet uids) throws SQLException, StoreException {
    UidSet existing = mail.uidSets.at(db, source);
    QuotaUse before = Use.of(target);
    UidSet copies = insertCopies(uids, existing);
    mail.charge(db, Use.of(target).minus(before));
    for (UidSet.Range range : Ranges.cover(uids, existing)) {
      Messages.rememberBodies(db, source.id, range);
    }
    target.save(db);
    return copies;
  }

  /** As {@link #copy}; the originals vanish, at the same MODSEQ where both are one mailbox. */
  UidSet move(UidSet uids) throws SQLException, StoreException {
    UidSet existing = mail.uidSets.at(db, source);
    if (uids.isEmpty()) {
      return UidSet.EMPTY;
    }
    UidSet copies = insertCopies(uids, existing);
    long modSeq = source == target ? source.modSeq : source.nextModSeq();
    for (UidSet.Range range : Ranges.cover(uids, existing)) {
      source.subtract(Tally.between(db, source.id, range.first(), range.last()));
      Messages.delete(db, source.id, range);
    }
    Vanished.add(db, mail.settings, source, uids, modSeq);
    source.save(db);
    if (target != source) {
      target.save(db);
    }
    return copies;
  }

  private UidSet insertCopies(UidSet uids, UidSet existing) throws SQLException, StoreException {
    if (uids.isEmpty()) {
      return UidSet.EMPTY;
    }
    long first = target.takeUids(uids.size());
    long modSeq = target.nextModSeq();
    long now = mail.settings.clock().millis();
    long next = first;
    for (UidSet.Range range : Ranges.cover(uids, existing)) {
      target.add(Tally.between(db, source.id, range.first(), range.last()));
      mail.keywords.noteCopied(db, source.id, range.first(), range.last(), target.id);
      Messages.copy(db, range, source.id, target.id, next, modSeq, now);
      next += existing.rank(range.last() + 1) - existing.rank(range.first());
    }
    return UidSet.range(first, next - 1);
  }
}
