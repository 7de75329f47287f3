package org.posthorn.store.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.QuotaBook;

/**
 * The accounts that somebody has a handle to or whose database is open. Open databases beyond the
 * limit are closed, those used longest ago first. Thread-safe.
 */
final class OpenAccounts {
  private final Settings settings;
  private final Engine engine;
  private final QuotaBook quotas;
  private final @Nullable SharedTotals totals;
  private final Map<String, AccountMail> known = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Long, AccountMail> byId = new HashMap<>();
  private final Map<AccountMail, Boolean> open = new LinkedHashMap<>(16, 0.75f, true);
  private final Upkeep upkeep = new Upkeep();
  private @Nullable Moves moves;
  private boolean closed;

  OpenAccounts(Engine engine, Settings settings, QuotaBook quotas) {
    this.quotas = quotas;
    this.totals = engine.totals(quotas);
    if (totals != null) {
      quotas.sharedRootsAreKept(totals::total);
    }
    this.settings = settings;
    this.engine = engine;
  }

  Moves moves() {
    return Objects.requireNonNull(moves);
  }

  Upkeep upkeep() {
    return upkeep;
  }

  /** Other processes are to know. */
  void limitsWereSet() {
    News.limitsWereSet(engine.hints());
  }

  /** Those processes are to know that have a policy of quotas, if this one has none. */
  void accountWasMade(long id) {
    if (quotas.policy() == QuotaPolicy.NONE) {
      News.accountWasMade(engine.hints(), id);
    }
  }

  /** Told once, while the store is being opened. */
  void moveBy(Moves journal) {
    moves = journal;
  }

  /** Null where shared quota roots are counted in memory. */
  @Nullable SharedTotals totals() {
    return totals;
  }

  QuotaBook quotas() {
    return quotas;
  }

  /**
   * The account, retained for the caller.
   *
   * @param id its number: an account that was deleted and made again has another one
   */
  AccountMail get(String account, long id, long uidValidityFloor) throws StoreException {
    @Nullable AccountMail gone = null;
    AccountMail mail;
    synchronized (this) {
      if (closed) {
        throw JdbcStore.closed();
      }
      mail = known.get(account);
      if (mail != null && mail.id != id) {
        gone = mail;
        forget(gone);
        mail = null;
      }
      if (mail == null) {
        AccountRows rows = engine.account(account, id, uidValidityFloor);
        mail = new AccountMail(account, id, rows, engine, this, settings);
        known.put(account, mail);
        byId.put(id, mail);
      }
      mail.handles++;
    }
    if (gone != null) {
      end(gone);
    }
    return mail;
  }

  /** What is left of an account that is no more is no matter of the one with its name. */
  private static void end(AccountMail gone) {
    try {
      gone.end(Code.NONEXISTENT);
    } catch (StoreException e) {
      System.getLogger(OpenAccounts.class.getName())
          .log(System.Logger.Level.WARNING, "an account was not closed cleanly", e);
    }
  }

  /** The account with this number, if somebody here has a handle to it. */
  synchronized @Nullable AccountMail known(long id) {
    return byId.get(id);
  }

  synchronized List<AccountMail> known() {
    return new ArrayList<>(known.values());
  }

  synchronized void retain(AccountMail mail) {
    mail.handles++;
  }

  synchronized void release(AccountMail mail) {
    mail.handles--;
    forgetIfUnused(mail);
  }

  /** Accounts that have a handle or an open database. */
  synchronized int size() {
    return known.size();
  }

  synchronized int openCount() {
    return open.size();
  }

  /** Called after each use of a database. */
  void used(AccountMail mail) {
    List<AccountMail> candidates;
    synchronized (this) {
      if (!mail.isOpen()) {
        return;
      }
      open.put(mail, true);
      if (open.size() <= settings.openAccounts()) {
        return;
      }
      candidates = new ArrayList<>(open.keySet());
    }
    for (AccountMail candidate : candidates) {
      if (candidate == mail || openCount() <= settings.openAccounts()) {
        return;
      }
      closeIfIdle(candidate);
    }
  }

  /** The account does not exist any more. */
  synchronized void forget(AccountMail mail) {
    open.remove(mail);
    known.remove(mail.account, mail);
    byId.remove(mail.id, mail);
  }

  void close() throws StoreException {
    upkeep.close();
    List<AccountMail> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(known.values());
      known.clear();
      open.clear();
    }
    StoreException first = null;
    for (AccountMail mail : all) {
      try {
        mail.end(Code.UNAVAILABLE);
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
  private void closeIfIdle(AccountMail mail) {
    try {
      if (mail.closeIfIdle()) {
        closed(mail);
      }
    } catch (StoreException e) {
      System.getLogger(OpenAccounts.class.getName())
          .log(System.Logger.Level.WARNING, "an account was not closed cleanly", e);
      closed(mail);
    }
  }

  private synchronized void closed(AccountMail mail) {
    // Somebody may have opened it again meanwhile.
    if (!mail.isOpen()) {
      open.remove(mail);
      forgetIfUnused(mail);
    }
  }

  private void forgetIfUnused(AccountMail mail) {
    if (mail.handles == 0 && !mail.isOpen()) {
      known.remove(mail.account, mail);
      byId.remove(mail.id, mail);
    }
  }
}
