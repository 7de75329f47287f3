package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.SystemFlag;

/**
 * Keeps the octets of a mailbox's \\Deleted messages while runs change, one after the other: those
 * that change alike are summed up at once.
 */
final class DeletedOctets {
  private final Db db;
  private final MailboxRow mailbox;

  /** 1 where messages become \\Deleted, -1 where they are it no more, 0 for neither. */
  private int sign;

  private long first;
  private long last;

  DeletedOctets(Db db, MailboxRow mailbox) {
    this.db = db;
    this.mailbox = mailbox;
  }

  /** The run follows the one before, without a message between them. */
  void add(Run before, int bitsAfter) throws SQLException {
    int changes = deleted(bitsAfter) - deleted(before.systemBits());
    if (changes != sign) {
      flush();
      first = before.first();
      sign = changes;
    }
    last = before.last();
  }

  /** Sums up; what comes then need not follow. */
  void flush() throws SQLException {
    if (sign != 0) {
      mailbox.deletedOctets += sign * Messages.octets(db, mailbox.id, first, last);
      sign = 0;
    }
  }

  private static int deleted(int systemBits) {
    return (systemBits & SystemFlag.DELETED.bit()) == 0 ? 0 : 1;
  }
}
