package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.posthorn.sqlite.Work;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The list of accounts. An account's entry comes before its mail and goes after it, and says in
 * between what remains to be done.
 */
final class Directory implements AccountDirectory {
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

  Directory(Settings settings, OpenAccounts accounts, Transactions database) {
    this.accounts = accounts;
    this.settings = settings;
    this.database = database;
  }

  /** What hears of each account that is deleted, before the answer. */
  interface OnDelete {
    void deleted(String account) throws StoreException;
  }

  void onDelete(OnDelete listener) {
    onDelete = listener;
  }

  /** Finishes what a crash left half done; what cannot be finished now stays for the next start. */
  synchronized void recover() throws StoreException {
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
  private static void recover(String account, Rest rest) {
    try {
      rest.of(account);
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

  @Override
  public synchronized boolean create(String account) throws StoreException {
    checkName(account);
    Entry entry = entry(account);
    if (entry.state == THERE) {
      return false;
    }
    if (entry.state == BEING_DELETED) {
      finishDelete(account);
    }
    long now = settings.now();
    database.write(
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
  public synchronized boolean delete(String account) throws StoreException {
    if (!exists(account)) {
      return false;
    }
    QuotaUse used = usedIfReadable(account);
    // One step for the quotas, which count all accounts there are when first asked.
    synchronized (accounts.quotas()) {
      setState(account, BEING_DELETED);
      accounts.quotas().corrected(account, used, QuotaUse.NONE);
    }
    onDelete.deleted(account);
    finishDelete(account);
    return true;
  }

  <T> T read(Work<T> work) throws StoreException {
    return database.read(work);
  }

  <T> T write(Work<T> work) throws StoreException {
    return database.write(work);
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
  void keepLimits(String root, QuotaLimits limits) throws StoreException {
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
    accounts.limitsWereSet();
  }

  /** Tells of all limits that were set. */
  void eachLimits(BiConsumer<String, QuotaLimits> reader) throws StoreException {
    database.read(
        db -> {
          db.each(
              row -> {
                QuotaLimits limits = QuotaLimits.UNLIMITED;
                for (QuotaResource resource : QuotaResource.values()) {
                  long limit = row.getLong(2 + resource.ordinal());
                  limits = row.wasNull() ? limits : limits.with(resource, limit);
                }
                reader.accept(row.getString(1), limits);
              },
              "SELECT root, storage, messages, mailboxes FROM quota_limit");
          return true;
        });
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
    synchronized (accounts.quotas()) {
      setState(account, THERE);
      accounts.quotas().corrected(account, QuotaUse.NONE, QuotaUse.mailboxes(1));
    }
    accounts.accountWasMade(entry.id);
    return true;
  }

  private void finishDelete(String account) throws StoreException {
    Entry entry = entry(account);
    if (entry.state == Entry.NONE.state) {
      return;
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

  private void setState(String account, int state) throws StoreException {
    database.write(db -> db.update("UPDATE account SET state = ? WHERE name = ?", state, account));
  }

  private List<String> inState(int state) throws StoreException {
    return database.read(
        db -> db.all(row -> row.getString(1), "SELECT name FROM account WHERE state = ?", state));
  }

  private static void checkName(String account) throws StoreException {
    if (account.isEmpty()
        || account.length() > LONGEST_NAME
        || !UTF_8.newEncoder().canEncode(account)) {
      throw new StoreException(Code.CANNOT, "not a name for an account");
    }
  }
}
