package org.posthorn.store.jdbc;

import java.util.SortedMap;
import org.posthorn.sqlite.Work;
import org.posthorn.store.StoreException;
import org.posthorn.store.support.AttributeTable;
import org.posthorn.store.support.Place;

/** Attributes in the files of accounts, and of the server in the directory. */
final class JdbcAttributes implements AttributeTable {
  private final Directory directory;

  JdbcAttributes(Directory directory) {
    this.directory = directory;
  }

  @Override
  public SortedMap<String, byte[]> get(String account, String object) throws StoreException {
    return account.isEmpty()
        ? directory.read(db -> Attributes.of(db, object))
        : with(account, mail -> mail.read(db -> Attributes.of(db, object)));
  }

  @Override
  public void change(String account, String object, Change change) throws StoreException {
    write(account, db -> Attributes.change(db, object, change));
  }

  @Override
  public void removeAll(String account, String name) throws StoreException {
    write(account, db -> Attributes.removeAll(db, name));
  }

  @Override
  public void hint(Place mailbox) throws StoreException {
    with(
        mailbox.owner(),
        mail -> {
          mail.hints.changed(mailbox.id(), mailbox.name());
          return true;
        });
  }

  private <T> void write(String account, Work<T> work) throws StoreException {
    if (account.isEmpty()) {
      directory.write(work);
    } else {
      with(account, mail -> mail.write(work));
    }
  }

  private interface OnFile<T> {
    T run(AccountMail mail) throws StoreException;
  }

  private <T> T with(String account, OnFile<T> action) throws StoreException {
    AccountMail mail = directory.open(account);
    try {
      return action.run(mail);
    } finally {
      mail.release();
    }
  }
}
