package org.posthorn.store.jdbc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.sqlite.Database;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.QuotaBook;

/**
 * The accounts that somebody has a handle to or whose database is open. Open databases beyond the
 * limit are closed, those used longest ago first. Thread-safe.
 */
final class AccountFiles {
  private final Settings settings;
  private final Path directory;
  private final QuotaBook quotas;
  private final Map<String, AccountFile> known = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<AccountFile, Boolean> open = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  AccountFiles(Settings settings, QuotaBook quotas) {
    this.quotas = quotas;
    this.settings = settings;
    this.directory = settings.directory().resolve("accounts");
  }

  QuotaBook quotas() {
    return quotas;
  }

  Path directory() {
    return directory;
  }

  Path file(String account) {
    return directory.resolve(AccountPath.fileName(account));
  }

  /** The account, retained for the caller. */
  synchronized AccountFile get(String account, long uidValidityFloor) throws StoreException {
    if (closed) {
      throw Database.closed();
    }
    AccountFile file =
        known.computeIfAbsent(
            account, a -> new AccountFile(a, file(a), this, settings, uidValidityFloor));
    file.handles++;
    return file;
  }

  synchronized void retain(AccountFile file) {
    file.handles++;
  }

  synchronized void release(AccountFile file) {
    file.handles--;
    forgetIfUnused(file);
  }

  /** Accounts that have a handle or an open database. */
  synchronized int size() {
    return known.size();
  }

  synchronized int openCount() {
    return open.size();
  }

  /** Called after each use of a database. */
  void used(AccountFile file) {
    List<AccountFile> candidates;
    synchronized (this) {
      if (!file.isOpen()) {
        return;
      }
      open.put(file, true);
      if (open.size() <= settings.openAccounts()) {
        return;
      }
      candidates = new ArrayList<>(open.keySet());
    }
    for (AccountFile candidate : candidates) {
      if (candidate == file || openCount() <= settings.openAccounts()) {
        return;
      }
      closeIfIdle(candidate);
    }
  }

  /** The account does not exist any more. */
  synchronized void forget(AccountFile file) {
    open.remove(file);
    known.remove(file.account, file);
  }

  void close() throws StoreException {
    List<AccountFile> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(known.values());
      known.clear();
      open.clear();
    }
    StoreException first = null;
    for (AccountFile file : all) {
      try {
        file.end(Code.UNAVAILABLE);
      } catch (StoreException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /**
   * The call that led here has done its own work; that another account closes badly is no failure
   * of it.
   */
  private void closeIfIdle(AccountFile file) {
    try {
      if (file.closeIfIdle()) {
        closed(file);
      }
    } catch (StoreException e) {
      System.getLogger(AccountFiles.class.getName())
          .log(System.Logger.Level.WARNING, "an account was not closed cleanly", e);
      closed(file);
    }
  }

  private synchronized void closed(AccountFile file) {
    // Somebody may have opened it again meanwhile.
    if (!file.isOpen()) {
      open.remove(file);
      forgetIfUnused(file);
    }
  }

  private void forgetIfUnused(AccountFile file) {
    if (file.handles == 0 && !file.isOpen()) {
      known.remove(file.account, file);
    }
  }
}
