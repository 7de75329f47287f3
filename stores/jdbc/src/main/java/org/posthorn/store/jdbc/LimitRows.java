package org.posthorn.store.jdbc;

import java.util.HashMap;
import java.util.Map;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.StoreException;
import org.posthorn.store.support.QuotaBook;

/** Limits that were set, in the directory and in the book of this process. */
final class LimitRows {
  private final Transactions database;
  private final QuotaBook book;

  LimitRows(Transactions database, QuotaBook book) {
    this.database = database;
    this.book = book;
  }

  /** Sets limits; they are kept from now on. */
  synchronized void keep(String root, QuotaLimits limits) throws StoreException {
    database.write(
        db ->
            db.update(
                "INSERT INTO quota_limit (root, storage, messages, mailboxes) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (root) DO UPDATE SET storage = excluded.storage,"
                    + " messages = excluded.messages, mailboxes = excluded.mailboxes",
                root,
                limits.limits().get(QuotaResource.STORAGE),
                limits.limits().get(QuotaResource.MESSAGE),
                limits.limits().get(QuotaResource.MAILBOX)));
    book.limitsWereSet(root, limits);
  }

  /** An account goes, with the limits that were set for it; whether there were any. */
  synchronized boolean forget(String account) throws StoreException {
    String root = QuotaRoot.ofAccount(account);
    boolean known =
        database.read(db -> db.number("SELECT 1 FROM quota_limit WHERE root = ?", root)) == 1;
    if (known) {
      database.write(db -> db.update("DELETE FROM quota_limit WHERE root = ?", root));
    }
    book.limitsWereForgotten(root);
    return known;
  }

  /** What is there now, by whatever process. */
  synchronized void reread() throws StoreException {
    book.limitsAre(
        database.read(
            db -> {
              Map<String, QuotaLimits> all = new HashMap<>();
              db.each(
                  row -> {
                    QuotaLimits limits = QuotaLimits.UNLIMITED;
                    for (QuotaResource resource : QuotaResource.values()) {
                      long limit = row.getLong(2 + resource.ordinal());
                      limits = row.wasNull() ? limits : limits.with(resource, limit);
                    }
                    all.put(row.getString(1), limits);
                  },
                  "SELECT root, storage, messages, mailboxes FROM quota_limit");
              return all;
            }));
  }
}
