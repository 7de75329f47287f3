package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.posthorn.sqlite.Work;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The list of accounts. An account's entry comes before its mail and goes after it, and says in
 * between what remains to be done.
 */
final class Directory implements AccountDirectory {
  /** Octets: an entry of an index has room for two names. */
  private static final int LONGEST_NAME = 1_024;

  private static final int BEING_MADE = 0;
  static final int THERE = 1;
  private static final int BEING_DELETED = 2;

  private record Entry(long id, int state) {
    static final Entry NONE = new Entry(0, -1);
  }

  private final OpenAccounts accounts;
  private final Settings settings;
  private OnDelete onDelete = account -> {};
  private final Transactions database;
  private final AccountLocks locks = new AccountLocks();
  private final LimitRows limits;

  Directory(Settings settings, OpenAccounts accounts, Transactions database) {
    this.accounts = accounts;
    this.settings = settings;
    this.database = database;
    this.limits = new LimitRows(database, accounts.quotas());
  }

  /** What hears of each account that is deleted, before it is gone; perhaps more than once. */
  interface OnDelete {
    void deleted(String account) throws StoreException;
  }

  void onDelete(OnDelete listener) {
    onDelete = listener;
  }

  /** Finishes what a crash left half done; what cannot be finished now stays for the next start. */
  void recover() throws StoreException {
    for (String account : inState(BEING_DELETED)) {
      recover(account, this::finishDelete);
    }
    for (String account : inState(BEING_MADE)) {
      recover(account, this::finishCreate);
    }
  }

  private interface Rest {
    void of(String account) throws StoreException;
  }

  /** One account keeps nobody from the others. */
  private void recover(String account, Rest rest) {
    try {
      locks.alone(
          account,
          () -> {
            rest.of(account);
            return account;
          });
    } catch (StoreException e) {
      System.getLogger(Directory.class.getName())
          .log(System.Logger.Level.WARNING, "half made or half deleted: account " + account, e);
    }
  }

  /** The account, retained for the caller. */
  AccountMail open(String account) throws StoreException {
    Entry entry = entry(account);
    if (entry.state != THERE) {
      throw new StoreException(Code.NONEXISTENT, "no such account");
    }
    AccountMail mail = accounts.get(account, entry.id, 0);
    if (mail.isMissing()) {
      mail.release();
      throw new StoreException(Code.CORRUPTION, "the mail of the account is missing");
    }
    return mail;
  }

  /** Empty when there is no account with this number. */
  Optional<String> name(long id) throws StoreException {
    return database.read(
        db ->
            Optional.ofNullable(
                db.first(
                    row -> row.getString(1),
                    "SELECT name FROM account WHERE id = ? AND state = ?",
                    id,
                    THERE)));
  }

  @Override
  public boolean exists(String account) throws StoreException {
    return entry(account).state == THERE;
  }

  /** Servers ask this at each login: one that is there waits for nobody. */
  @Override
  public boolean create(String account) throws StoreException {
    return !exists(account) && locks.alone(account, () -> createAlone(account));
  }

  private boolean createAlone(String account) throws StoreException {
    checkName(account);
    Entry entry = entry(account);
    if (entry.state == THERE) {
      return false;
    }
    if (entry.state == BEING_DELETED) {
      finishDelete(account);
    }
    long now = settings.now();
    database.writeAlongside(
        db ->
            db.update(
                "INSERT INTO account (name, state, created, retrieved) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT DO NOTHING",
                account,
                BEING_MADE,
                now,
                now));
    return finishCreate(account);
  }

  @Override
  public boolean delete(String account) throws StoreException {
    return exists(account) && locks.alone(account, () -> deleteAlone(account));
  }

  private boolean deleteAlone(String account) throws StoreException {
    if (!exists(account)) {
      return false;
    }
    QuotaUse used = usedIfReadable(account);
    if (!turn(account, THERE, BEING_DELETED, used, QuotaUse.NONE)) {
      return false;
    }
    finishDelete(account);
    return true;
  }

  <T> T read(Work<T> work) throws StoreException {
    return database.read(work);
  }

  <T> T write(Work<T> work) throws StoreException {
    return database.write(work);
  }

  /** As {@link Transactions#retrieved}. */
  void retrieved(String account, long seconds) throws StoreException {
    database.retrieved(account, seconds);
  }

  /** What an account uses of its quota. */
  QuotaUse used(String account) throws StoreException {
    AccountMail mail = open(account);
    try {
      return mail.read(Use::of);
    } finally {
      mail.release();
    }
  }

  /** As used; what is damaged counts nothing. */
  QuotaUse usedIfReadable(String account) throws StoreException {
    try {
      return used(account);
    } catch (StoreException e) {
      if (e.code() == Code.CORRUPTION) {
        return QuotaUse.NONE;
      }
      throw e;
    }
  }

  /** Sets limits; they are kept from now on. */
  void keepLimits(String root, QuotaLimits newLimits) throws StoreException {
    limits.keep(root, newLimits);
    accounts.limitsWereSet();
  }

  void rereadLimits() throws StoreException {
    limits.reread();
  }

  /** Text is compared as UTF-8, which is code point order. */
  @Override
  public List<String> list(String after, int max) throws StoreException {
    return database.read(
        db ->
            db.all(
                row -> row.getString(1),
                "SELECT name FROM account WHERE name > ? AND state = ? ORDER BY name LIMIT ?",
                after,
                THERE,
                max));
  }

  void close() throws StoreException {
    database.close();
  }

  /** Whether it was not there before. */
  private boolean finishCreate(String account) throws StoreException {
    Entry entry = entry(account);
    if (entry.state != BEING_MADE) {
      return false;
    }
    long floor = database.read(db -> db.number("SELECT floor FROM uid_validity"));
    AccountMail mail = accounts.get(account, entry.id, floor);
    try {
      mail.make();
    } finally {
      mail.release();
    }
    if (!turn(account, BEING_MADE, THERE, QuotaUse.NONE, QuotaUse.mailboxes(1))) {
      return false;
    }
    accounts.accountWasMade(entry.id);
    return true;
  }

  private void finishDelete(String account) throws StoreException {
    Entry entry = entry(account);
    if (entry.state == Entry.NONE.state) {
      return;
    }
    // Whoever has the name next is somebody else.
    onDelete.deleted(account);
    if (limits.forget(account)) {
      accounts.limitsWereSet();
    }
    AccountMail mail = accounts.get(account, entry.id, 0);
    long used;
    try {
      used = mail.delete();
    } finally {
      accounts.forget(mail);
      mail.release();
    }
    database.write(
        db -> {
          db.update("UPDATE uid_validity SET floor = ? WHERE floor < ?", used, used);
          return db.update(
              "DELETE FROM account WHERE name = ? AND state = ?", account, BEING_DELETED);
        });
  }

  private Entry entry(String account) throws StoreException {
    return database.read(
        db -> {
          Entry found =
              db.first(
                  row -> new Entry(row.getLong(1), row.getInt(2)),
                  "SELECT id, state FROM account WHERE name = ?",
                  account);
          return found == null ? Entry.NONE : found;
        });
  }

  /**
   * Into its next state, unless another process did that.
   *
   * @param before what it used up to now
   */
  private boolean turn(String account, int from, int to, QuotaUse before, QuotaUse after)
      throws StoreException {
    if (accounts.totals() != null) {
      return turned(account, from, to, before, after);
    }
    // One step for the quotas, which count all accounts there are when first asked.
    synchronized (accounts.quotas()) {
      return turned(account, from, to, before, after);
    }
  }

  private boolean turned(String account, int from, int to, QuotaUse before, QuotaUse after)
      throws StoreException {
    int found =
        database.writeAlongside(
            db ->
                db.update(
                    "UPDATE account SET state = ? WHERE name = ? AND state = ?",
                    to,
                    account,
                    from));
    if (found == 1) {
      accounts.quotas().corrected(account, before, after);
    }
    return found == 1;
  }

  private List<String> inState(int state) throws StoreException {
    return database.read(
        db -> db.all(row -> row.getString(1), "SELECT name FROM account WHERE state = ?", state));
  }

  private static void checkName(String account) throws StoreException {
    if (account.isEmpty()
        || !UTF_8.newEncoder().canEncode(account)
        || account.getBytes(UTF_8).length > LONGEST_NAME) {
      throw new StoreException(Code.CANNOT, "not a name for an account");
    }
  }
}
