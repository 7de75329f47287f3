package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/**
 * The mailbox that mail was last appended to: it is remembered, so that the next message for it
 * needs no look into the database before it may come. Only where no other process changes the
 * account. Thread-safe.
 */
final class LastDestination {
  record Known(MailboxName name, long row, MailboxInfo info) {}

  private final boolean ours;
  private @Nullable Known last;
  private long changes;

  /**
   * @param ours whether no other process changes the account
   */
  LastDestination(boolean ours) {
    this.ours = ours;
  }

  /** The mailbox, if it is remembered. */
  synchronized @Nullable Known known(MailboxName name) {
    return last != null && last.name.equals(name) ? last : null;
  }

  /** Looks for a mailbox that is about to get mail. */
  Known find(AccountMail mail, MailboxName name) throws StoreException {
    Known known = known(name);
    if (known != null) {
      return known;
    }
    long before = changes();
    Known found =
        mail.read(
            db -> {
              MailboxRow row = MailboxRow.requireSelectable(db, name);
              return new Known(name, row.id, Mailboxes.info(db, row));
            });
    remember(found, before);
    return found;
  }

  /** Of a mailbox that is getting mail. */
  MailboxInfo info(Db db, MailboxRow mailbox) throws SQLException {
    Known known = known(mailbox.name);
    return known != null && known.row == mailbox.id ? known.info : Mailboxes.info(db, mailbox);
  }

  private synchronized long changes() {
    return changes;
  }

  private synchronized void remember(Known found, long changesBefore) {
    if (ours && changes == changesBefore) {
      last = found;
    }
  }

  /** Names of mailboxes, or subscriptions, may have changed. */
  synchronized void forget() {
    last = null;
    changes++;
  }
}
