package org.posthorn.store.jdbc;

import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxId;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;
import org.posthorn.store.support.AclBook;

/** Access control lists in the directory. */
final class AclRows implements AclBook.Keeper {
  private final Directory directory;

  AclRows(Directory directory) {
    this.directory = directory;
  }

  /** Tells the book what is there. */
  void load(AclBook book) throws StoreException {
    directory.read(
        db -> {
          db.each(
              row ->
                  book.found(
                      row.getString(1),
                      new MailboxId(row.getString(2)),
                      row.getString(3),
                      Rights.parse(row.getString(4))),
              "SELECT owner, mailbox, identifier, rights FROM acl");
          return true;
        });
  }

  @Override
  public void put(String owner, MailboxId mailbox, String identifier, @Nullable Rights rights)
      throws StoreException {
    directory.write(
        db ->
            rights == null
                ? db.update(
                    "DELETE FROM acl WHERE owner = ? AND mailbox = ? AND identifier = ?",
                    owner,
                    mailbox.value(),
                    identifier)
                : db.update(
                    "INSERT INTO acl (owner, mailbox, identifier, rights) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (owner, mailbox, identifier)"
                        + " DO UPDATE SET rights = excluded.rights",
                    owner,
                    mailbox.value(),
                    identifier,
                    rights.letters()));
  }

  @Override
  public void forget(String owner, MailboxId mailbox) throws StoreException {
    directory.write(
        db -> db.update("DELETE FROM acl WHERE owner = ? AND mailbox = ?", owner, mailbox.value()));
  }

  @Override
  public void forget(String account) throws StoreException {
    directory.write(
        db ->
            db.update(
                "DELETE FROM acl WHERE owner = ? OR identifier IN (?, ?)",
                account,
                account,
                "-" + account));
  }
}
