package org.posthorn.store.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Database;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.Work;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The mail of one account: its database, what of it is remembered in memory, and who watches or
 * holds what. Lives as long as a handle refers to it; the database behind it is closed and opened
 * again as {@link AccountFiles} sees fit.
 */
final class AccountFile {
  final String account;
  final Settings settings;
  final UidSets uidSets = new UidSets();
  final Keywords keywords;
  final Hints hints = new Hints();
  final Leases leases;
  final BodyHolds holds = new BodyHolds();
  final TextIndex texts = new TextIndex(this);

  private final AccountFiles files;
  private final Database database;
  private final long uidValidityFloor;

  /** Calls share it; closing the database takes it alone. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  /** How calls are refused from now on. */
  private volatile @Nullable Code ended;

  /** Of the transaction of the moment. */
  private volatile @Nullable PendingCharges charging;

  /** Guarded by {@link AccountFiles}. */
  int handles;

  AccountFile(String account, Path file, AccountFiles files, Settings settings, long floor) {
    this.account = account;
    this.settings = settings;
    this.files = files;
    this.keywords = new Keywords(settings.keywords());
    this.leases = new Leases(settings.clock(), settings.exclusiveLease());
    this.uidValidityFloor = floor;
    this.database = new Database(file, settings.readersPerAccount(), this::opened);
  }

  <T> T read(Work<T> work) throws StoreException {
    return inUse(() -> database.read(work));
  }

  /** Changes that are on disk on return; frees what earlier changes left over. */
  <T> T write(Work<T> work) throws StoreException {
    try (PendingCharges charges = new PendingCharges()) {
      T result = inUse(() -> database.write(db -> change(db, work, charges)));
      charges.commit();
      return result;
    }
  }

  /** What the transaction of the moment adds to the account, if quotas let it. */
  void charge(Db db, QuotaUse difference) throws SQLException, StoreException {
    PendingCharges charges = charging;
    if (charges != null && files.quotas().concerns(account)) {
      charges.add(files.quotas().charge(account, Use.of(db), difference));
    }
  }

  /** Tells quotas what the transaction of the moment changed without asking them. */
  void recounted(QuotaUse before, QuotaUse after) throws StoreException {
    files.quotas().corrected(account, before, after);
  }

  /** Refuses what would not fit, before it is there. */
  void checkRoom(QuotaUse more) throws StoreException {
    if (files.quotas().concerns(account)) {
      files.quotas().check(account, read(Use::of), more);
    }
  }

  /** Changes that need not survive a loss of power by themselves. */
  <T> T writeUnsynced(Work<T> work) throws StoreException {
    return inUse(() -> database.writeUnsynced(db -> change(db, work, null)));
  }

  boolean isOpen() {
    return database.isOpen();
  }

  void retain() {
    files.retain(this);
  }

  void release() {
    files.release(this);
  }

  /** Closes the database unless somebody uses it this moment. */
  boolean closeIfIdle() throws StoreException {
    if (!use.writeLock().tryLock()) {
      return false;
    }
    try {
      closeDatabase();
      return true;
    } finally {
      use.writeLock().unlock();
    }
  }

  /** Closes for good, after calls that run have finished; later ones are refused. */
  void end(Code refusal) throws StoreException {
    use.writeLock().lock();
    try {
      ended = refusal;
      closeDatabase();
    } finally {
      use.writeLock().unlock();
    }
  }

  /**
   * As {@link #end}, and removes the files; gives the greatest UIDVALIDITY that the account has
   * used.
   */
  long delete() throws StoreException {
    long uidValidity =
        Files.exists(database.file())
            ? database.read(db -> db.number("SELECT uid_validity FROM account"))
            : 0;
    end(Code.NONEXISTENT);
    try {
      for (String suffix : new String[] {"-wal", "-shm", ""}) {
        Files.deleteIfExists(Path.of(database.file() + suffix));
      }
    } catch (IOException e) {
      throw new StoreException(Code.UNAVAILABLE, "the account cannot be deleted now", e);
    }
    return uidValidity;
  }

  private interface Call<T> {
    T run() throws StoreException;
  }

  private <T> T inUse(Call<T> call) throws StoreException {
    T result;
    use.readLock().lock();
    try {
      Code refusal = ended;
      if (refusal != null) {
        throw new StoreException(refusal, "the account is closed");
      }
      result = call.run();
    } finally {
      use.readLock().unlock();
    }
    files.used(this);
    return result;
  }

  private <T> T change(Db db, Work<T> work, @Nullable PendingCharges charges)
      throws SQLException, StoreException {
    boolean done = false;
    charging = charges;
    try {
      T result = work.run(db);
      Bodies.freeSome(db, holds);
      done = true;
      return result;
    } finally {
      charging = null;
      holds.settle();
      if (!done) {
        keywords.forget();
      }
    }
  }

  private void closeDatabase() throws StoreException {
    try {
      if (database.isOpen() && uidSets.hasNews()) {
        database.write(uidSets::keep);
      }
    } finally {
      uidSets.forget();
      keywords.forget();
      database.close();
    }
  }

  private void opened(Db db) throws SQLException, StoreException {
    limitSize(db);
    if (Schema.ACCOUNT.isCurrent(db)) {
      return;
    }
    db.begin();
    if (Schema.ACCOUNT.upgrade(db) == 0) {
      db.update(
          "INSERT INTO account (only_row, name, uid_validity) VALUES (1, ?, ?)",
          account,
          uidValidityFloor);
      Mailboxes.insert(db, settings.clock(), MailboxName.INBOX, Set.of());
    }
    db.commit();
  }

  private void limitSize(Db db) throws SQLException {
    if (settings.accountOctets() > 0) {
      long pageSize = db.number("PRAGMA page_size");
      db.number("PRAGMA max_page_count = " + Math.max(1, settings.accountOctets() / pageSize));
    }
  }
}
