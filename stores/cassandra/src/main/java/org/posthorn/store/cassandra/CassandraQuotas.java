package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.BookedQuotas;
import org.posthorn.store.support.QuotaBook;
import org.posthorn.store.support.Sharing;

/** Counts accounts by the heads of their mailboxes and keeps limits in a table. */
final class CassandraQuotas implements BookedQuotas.Store {
  private final Accounts accounts;
  private final Uses uses;
  private final QuotaBook book;
  private final SharedUses shared;

  CassandraQuotas(Accounts accounts, Uses uses, QuotaBook book, SharedUses shared) {
    this.accounts = accounts;
    this.uses = uses;
    this.book = book;
    this.shared = shared;
  }

  @Override
  public String owner(Identity who, MailboxName mailbox) throws StoreException {
    String owner = Sharing.owner(who, mailbox);
    accounts.tree(owner);
    return owner;
  }

  @Override
  public QuotaUse used(String account) throws StoreException {
    accounts.tree(account);
    return uses.of(account);
  }

  @Override
  public void keepLimits(String root, QuotaLimits limits) throws StoreException {
    accounts.cql.write(
        "INSERT INTO quota_limit (one, root, storage, messages, mailboxes) VALUES (1, ?, ?, ?, ?)",
        root,
        limits.limits().get(QuotaResource.STORAGE),
        limits.limits().get(QuotaResource.MESSAGE),
        limits.limits().get(QuotaResource.MAILBOX));
  }

  /** Limits that were set by whatever server. */
  void rereadLimits() throws StoreException {
    for (Row row :
        accounts.cql.all(
            "SELECT root, storage, messages, mailboxes FROM quota_limit WHERE one = 1")) {
      QuotaLimits limits = QuotaLimits.UNLIMITED;
      limits = with(limits, QuotaResource.STORAGE, row, "storage");
      limits = with(limits, QuotaResource.MESSAGE, row, "messages");
      limits = with(limits, QuotaResource.MAILBOX, row, "mailboxes");
      String root = row.getString("root");
      if (root != null) {
        book.limitsWereSet(root, limits);
      }
    }
  }

  private static QuotaLimits with(
      QuotaLimits limits, QuotaResource resource, Row row, String column) {
    return row.isNull(column) ? limits : limits.with(resource, row.getLong(column));
  }

  @Override
  public QuotaUse recount(String account) throws StoreException {
    QuotaUse before = used(account);
    for (String mailbox : accounts.tree(account).mailboxes()) {
      accounts.boxes.change(
          mailbox,
          draft -> {
            Tally counted = Tally.NONE;
            for (Message message : draft.read(UidSet.range(1, UidSet.MAX_UID))) {
              counted = counted.plus(message.tally());
            }
            if (!counted.equals(draft.box.tally)) {
              draft.touch().box.tally = counted;
            }
            return true;
          });
    }
    QuotaUse after = used(account);
    shared.changed(account);
    return before.minus(after);
  }
}
