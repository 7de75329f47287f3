package org.posthorn.store.jdbc;

import java.util.List;
import java.util.function.Predicate;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Brings what an earlier release wrote up to date, though nobody opens it: who only looks, beside
 * this process, reads nothing else.
 */
final class OldFiles implements Upkeep.Task {
  private static final int AT_ONCE = 100;

  private final Predicate<String> old;
  private final Directory directory;
  private String last = "";

  /**
   * Looks at none yet.
   *
   * @param old whether the file of an account is of an earlier release
   */
  OldFiles(Predicate<String> old, Directory directory) {
    this.old = old;
    this.directory = directory;
  }

  @Override
  public boolean more() throws StoreException {
    List<String> accounts = directory.list(last, AT_ONCE);
    for (String account : accounts) {
      last = account;
      if (old.test(account)) {
        open(account);
      }
    }
    return accounts.size() == AT_ONCE;
  }

  /** One that is damaged or was deleted meanwhile keeps nobody from the others. */
  private void open(String account) throws StoreException {
    try {
      AccountMail mail = directory.open(account);
      try {
        mail.read(Schema::version);
      } finally {
        mail.release();
      }
    } catch (StoreException e) {
      if (e.code() == Code.UNAVAILABLE) {
        throw e;
      }
      System.getLogger(OldFiles.class.getName())
          .log(System.Logger.Level.WARNING, "not brought up to date: account " + account, e);
    }
  }
}
