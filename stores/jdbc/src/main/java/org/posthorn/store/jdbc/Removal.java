package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Expunged;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** EXPUNGE within one transaction. */
final class Removal {
  private Removal() {}

  /** Removes messages that exist. */
  static Expunged remove(Db db, AccountMail mail, MailboxRow mailbox, UidSet uids)
      throws SQLException, StoreException {
    QuotaUse before = Use.of(mailbox);
    Expunged expunged = removeUncharged(db, mail, mailbox, uids);
    mail.charge(db, Use.of(mailbox).minus(before));
    return expunged;
  }

  /** As remove, where the caller charges for more than this. */
  static Expunged removeUncharged(Db db, AccountMail mail, MailboxRow mailbox, UidSet uids)
      throws SQLException {
    if (uids.isEmpty()) {
      return new Expunged(uids, mailbox.modSeq);
    }
    UidSet existing = mail.uidSets.at(db, mailbox);
    long modSeq = mailbox.nextModSeq();
    for (UidSet.Range range : Ranges.cover(uids, existing)) {
      mailbox.subtract(Tally.between(db, mailbox.id, range));
      Messages.forgetBodies(db, mailbox.id, range.first(), range.last(), mail.settings.now());
      Messages.delete(db, mailbox.id, range);
      Runs.forget(db, mailbox.id, range, existing);
    }
    Vanished.add(db, mail.settings, mailbox, uids, modSeq);
    mailbox.save(db);
    return new Expunged(uids, modSeq);
  }
}
