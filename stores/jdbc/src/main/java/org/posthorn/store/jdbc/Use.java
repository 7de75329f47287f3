package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.UidSet;

/** What an account uses of its quota, from the counters of its mailboxes. */
final class Use {
  private Use() {}

  static QuotaUse of(Db db) throws SQLException {
    QuotaUse use =
        db.first(
            row -> new QuotaUse(row.getLong(1), row.getLong(2), row.getLong(3)),
            "SELECT coalesce(sum(octets), 0), coalesce(sum(messages), 0), count(object_id)"
                + " FROM mailbox WHERE account = ?",
            db.tenant());
    return use == null ? QuotaUse.NONE : use;
  }

  /** A mailbox with all its messages. */
  static QuotaUse of(MailboxRow mailbox) {
    return new QuotaUse(mailbox.octets, mailbox.messages, mailbox.selectable() ? 1 : 0);
  }

  static QuotaUse of(Tally tally) {
    return QuotaUse.messages(tally.messages(), tally.octets());
  }

  /** Counts all messages anew and puts the counters right; gives by how much they were wrong. */
  static QuotaUse recount(Db db) throws SQLException {
    QuotaUse before = of(db);
    for (MailboxRow row : MailboxRow.all(db)) {
      Tally counted = Tally.between(db, row.id, new UidSet.Range(1, UidSet.MAX_UID));
      row.subtract(new Tally(row.messages, row.octets, row.unseen, row.deleted, row.deletedOctets));
      row.add(counted);
      row.save(db);
    }
    return before.minus(of(db));
  }
}
