package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
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
      source.subtract(Tally.between(db, source.id, range));
      Messages.delete(db, source.id, range);
      Runs.forget(db, source.id, range, existing);
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
    RunWriter runs = new RunWriter(db, target.id);
    Set<Long> sets = new HashSet<>();
    for (UidSet.Range range : Ranges.cover(uids, existing)) {
      target.add(Tally.between(db, source.id, range));
      Messages.copy(db, range, source.id, target.id, next, now);
      for (Run run : Runs.within(db, source.id, range)) {
        long messages = existing.rank(run.last() + 1) - existing.rank(run.first());
        runs.add(
            new Run(next, next + messages - 1, modSeq, run.systemBits(), run.keywords()), true);
        sets.add(run.keywords());
        next += messages;
      }
    }
    runs.flush();
    mail.keywords.noteCopied(db, sets, target.id);
    return UidSet.range(first, next - 1);
  }
}
