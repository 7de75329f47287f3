package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;
import org.posthorn.sqlite.Database;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.Work;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The list of accounts. An account's row comes before its file and goes after it, and says in
 * between what remains to be done.
 */
final class Directory implements AccountDirectory {
  static final String FILE = "directory.db";
  private static final int LONGEST_NAME = 1_024;
  private static final int READERS = 4;
  private static final int NONE = -1;
  private static final int BEING_MADE = 0;
  static final int THERE = 1;
  private static final int BEING_DELETED = 2;

  private final AccountFiles files;
  private final Clock clock;
  private OnDelete onDelete = account -> {};
  private final Database database;

  Directory(Settings settings, AccountFiles files) {
    this.files = files;
    this.clock = settings.clock();
    this.database = new Database(settings.directory().resolve(FILE), READERS, Directory::opened);
  }

  /** What hears of each account that is deleted, before the answer. */
  interface OnDelete {
    void deleted(String account) throws StoreException;
  }

  void onDelete(OnDelete listener) {
    onDelete = listener;
  }

  /** Finishes what a crash left half done. */
  synchronized void recover() throws StoreException {
    try {
      Files.createDirectories(files.directory());
    } catch (IOException e) {
      throw new StoreException(Code.UNAVAILABLE, "the mail directory cannot be used", e);
    }
    for (String account : inState(BEING_DELETED)) {
      finishDelete(account);
    }
    for (String account : inState(BEING_MADE)) {
      finishCreate(account);
    }
  }

  /** The account, retained for the caller. */
  AccountFile open(String account) throws StoreException {
    if (state(account) != THERE) {
      throw new StoreException(Code.NONEXISTENT, "no such account");
    }
    AccountFile file = files.get(account, 0);
    if (!file.isOpen() && !Files.exists(files.file(account))) {
      file.release();
      throw new StoreException(Code.CORRUPTION, "the mail of the account is missing");
    }
    return file;
  }

  @Override
  public boolean exists(String account) throws StoreException {
    return state(account) == THERE;
  }

  @Override
  public synchronized boolean create(String account) throws StoreException {
    checkName(account);
    int state = state(account);
    if (state == THERE) {
      return false;
    }
    if (state == BEING_DELETED) {
      finishDelete(account);
    }
    long now = clock.instant().getEpochSecond();
    database.write(
        db ->
            db.update(
                "INSERT INTO account (name, state, created, retrieved) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT DO NOTHING",
                account,
                BEING_MADE,
                now,
                now));
    finishCreate(account);
    return true;
  }

  @Override
  public synchronized boolean delete(String account) throws StoreException {
    if (state(account) != THERE) {
      return false;
    }
    QuotaUse used = used(account);
    // One step for the quotas, which count all accounts there are when first asked.
    synchronized (files.quotas()) {
      setState(account, BEING_DELETED);
      files.quotas().corrected(account, used, QuotaUse.NONE);
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
    AccountFile file = open(account);
    try {
      return file.read(Use::of);
    } finally {
      file.release();
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

  /** SQLite compares text as UTF-8, which is code point order. */
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
    database.end();
  }

  private void finishCreate(String account) throws StoreException {
    long floor = database.read(db -> db.number("SELECT floor FROM uid_validity"));
    AccountFile file = files.get(account, floor);
    try {
      file.read(db -> Schema.version(db));
    } finally {
      file.release();
    }
    synchronized (files.quotas()) {
      setState(account, THERE);
      files.quotas().corrected(account, QuotaUse.NONE, QuotaUse.mailboxes(1));
    }
  }

  private void finishDelete(String account) throws StoreException {
    AccountFile file = files.get(account, 0);
    long used;
    try {
      used = file.delete();
    } finally {
      files.forget(file);
      file.release();
    }
    database.write(
        db -> {
          db.update("UPDATE uid_validity SET floor = max(floor, ?)", used);
          return db.update("DELETE FROM account WHERE name = ?", account);
        });
  }

  private int state(String account) throws StoreException {
    return database.read(
        db -> {
          Integer state =
              db.first(row -> row.getInt(1), "SELECT state FROM account WHERE name = ?", account);
          return state == null ? NONE : state;
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

  private static void opened(Db db) throws SQLException, StoreException {
    if (!Schema.DIRECTORY.isCurrent(db)) {
      db.begin();
      Schema.DIRECTORY.upgrade(db);
      db.commit();
    }
  }
}
