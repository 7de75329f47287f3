package org.posthorn.store.jdbc;

import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.support.BookedQuotas;
import org.posthorn.store.support.QuotaBook;
import org.posthorn.store.support.Sharing;

/** Counts accounts by their files and keeps limits in the directory. */
final class JdbcQuotas implements BookedQuotas.Store {
  private final Directory directory;
  private final QuotaBook book;

  JdbcQuotas(Directory directory, QuotaBook book) {
    this.directory = directory;
    this.book = book;
  }

  @Override
  public String owner(Identity who, MailboxName mailbox) throws StoreException {
    String owner = Sharing.owner(who, mailbox);
    directory.open(owner).release();
    return owner;
  }

  @Override
  public QuotaUse used(String account) throws StoreException {
    return directory.used(account);
  }

  @Override
  public void keepLimits(String root, QuotaLimits limits) throws StoreException {
    directory.keepLimits(root, limits);
  }

  @Override
  public QuotaUse recount(String account) throws StoreException {
    AccountMail mail = directory.open(account);
    try {
      QuotaUse difference =
          mail.write(
              db -> {
                QuotaUse before = Use.of(db);
                QuotaUse wrong = Use.recount(db);
                book.corrected(account, before, before.minus(wrong));
                return wrong;
              });
      mail.recountSharedRoots();
      return difference;
    } finally {
      mail.release();
    }
  }
}
