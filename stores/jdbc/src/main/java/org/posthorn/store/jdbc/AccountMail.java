package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.Work;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The mail of one account: its database, what of it is remembered in memory, and who watches or
 * holds what. Lives as long as a handle refers to it; the database behind it is closed and opened
 * again as {@link OpenAccounts} sees fit.
 */
final class AccountMail {
  final String account;

  /** Its number in the directory. */
  final long id;

  final Settings settings;
  final UidSets uidSets = new UidSets();
  final KnownRuns runs = new KnownRuns();
  final LastDestination destination;
  final Keywords keywords;
  final Hints hints;
  final Leases leases;
  final BodyHolds holds = new BodyHolds();
  final TextIndex texts;

  private final OpenAccounts accounts;
  private final AccountRows rows;

  /** Calls share it; closing the database takes it alone. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  /** How calls are refused from now on. */
  private volatile @Nullable Code ended;

  /** Of the transaction of the moment. */
  private volatile @Nullable PendingCharges charging;

  /** Guarded by {@link OpenAccounts}. */
  int handles;

  AccountMail(
      String account,
      long id,
      AccountRows rows,
      Engine engine,
      OpenAccounts accounts,
      Settings settings) {
    this.account = account;
    this.id = id;
    this.rows = rows;
    this.settings = settings;
    this.accounts = accounts;
    this.destination = new LastDestination(rows.areOurs());
    this.keywords = new Keywords(settings.keywords());
    this.hints = new Hints(id, engine.hints());
    this.leases = engine.leases(rows);
    this.texts = new TextIndex(this, engine.texts());
  }

  Moves moves() {
    return accounts.moves();
  }

  /** Goes on later, as long as there is more. */
  void later(Upkeep.Task task) {
    accounts.upkeep().add(this, task);
  }

  boolean isMissing() {
    return rows.isMissing();
  }

  void make() throws StoreException {
    inUse(
        () -> {
          rows.make();
          return id;
        });
    countInSharedRoots();
  }

  /** As the policy says. */
  void countInSharedRoots() throws StoreException {
    SharedTotals totals = accounts.totals();
    if (totals != null) {
      inUse(
          () ->
              rows.write(
                  db -> {
                    totals.join(db, account);
                    return id;
                  }));
    }
  }

  /** As {@link #countInSharedRoots}, and counts those roots anew. */
  void recountSharedRoots() throws StoreException {
    SharedTotals totals = accounts.totals();
    if (totals != null) {
      inUse(
          () ->
              rows.write(
                  db -> {
                    totals.recount(db, account);
                    return id;
                  }));
    }
  }

  <T> T read(Work<T> work) throws StoreException {
    return inUse(() -> rows.read(work));
  }

  /**
   * Changes that are on disk on return; frees what earlier changes left over, and finishes moves.
   */
  <T> T write(Work<T> work) throws StoreException {
    moves().finish(account);
    try (PendingCharges charges = new PendingCharges();
        BodyHolds.Doomed doomed = holds.new Doomed()) {
      T result = inUse(() -> rows.write(db -> change(db, work, charges, doomed, db)));
      charges.commit();
      return result;
    }
  }

  /** As {@link #write}, where the work changes names of mailboxes or subscriptions. */
  <T> T writeNames(Work<T> work) throws StoreException {
    try {
      return write(work);
    } finally {
      destination.forget();
    }
  }

  /** Whether quotas let everything in, which is known without asking anybody. */
  boolean hasNoQuota() {
    return accounts.quotas().policy() == QuotaPolicy.NONE && !accounts.quotas().concerns(account);
  }

  /** As {@link #write}, where the work changes another account too. */
  <T> T writeTogether(AccountMail other, Work<T> work) throws StoreException {
    try (PendingCharges charges = new PendingCharges();
        BodyHolds.Doomed doomed = holds.new Doomed()) {
      T result =
          inUse(
              () ->
                  rows.writeTogether(
                      other.id, db -> change(db, work, charges, doomed, db, db.of(other.id))));
      charges.commit();
      return result;
    }
  }

  /** What the transaction of the moment adds to the account, if quotas let it. */
  void charge(Db db, QuotaUse difference) throws SQLException, StoreException {
    charge(db, difference, "");
  }

  /**
   * As {@link #charge(Db, QuotaUse)}.
   *
   * @param mover the account from which as much goes, or an empty string
   */
  void charge(Db db, QuotaUse difference, String mover) throws SQLException, StoreException {
    PendingCharges charges = charging;
    if (charges != null) {
      charges.ask(difference);
    }
    if (charges != null && accounts.quotas().concerns(account)) {
      charges.add(accounts.quotas().charge(account, Use.of(db), difference, even(mover)));
    }
  }

  /** What the transaction of the moment adds to the account, which no quota refuses. */
  void chargeUnasked(QuotaUse difference) {
    PendingCharges charges = charging;
    if (charges != null) {
      charges.add(accounts.quotas().chargeUnasked(account, difference));
    }
  }

  /**
   * Refuses what would not fit, before it is there.
   *
   * @param mover the account from which as much goes, or an empty string
   */
  void checkRoom(QuotaUse more, String mover) throws StoreException {
    if (accounts.quotas().concerns(account)) {
      accounts.quotas().check(account, read(Use::of), more, even(mover));
    }
  }

  private List<String> even(String mover) {
    return mover.isEmpty() ? List.of() : accounts.quotas().sharedRoots(mover);
  }

  /** Changes that need not survive a loss of power by themselves. */
  <T> T writeUnsynced(Work<T> work) throws StoreException {
    try (BodyHolds.Doomed doomed = holds.new Doomed()) {
      return inUse(() -> rows.writeUnsynced(db -> change(db, work, null, doomed, db)));
    }
  }

  boolean isOpen() {
    return rows.isOpen();
  }

  void retain() {
    accounts.retain(this);
  }

  void release() {
    accounts.release(this);
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
      if (refusal == Code.NONEXISTENT) {
        uidSets.forget();
      }
      closeDatabase();
    } finally {
      use.writeLock().unlock();
    }
  }

  /** As {@link #end}, and removes all; gives the greatest UIDVALIDITY that the account has used. */
  long delete() throws StoreException {
    use.writeLock().lock();
    try {
      ended = Code.NONEXISTENT;
      uidSets.forget();
      runs.forget();
      destination.forget();
      keywords.forget();
      return rows.destroy();
    } finally {
      use.writeLock().unlock();
      hints.heardOfNamed();
    }
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
    accounts.used(this);
    return result;
  }

  /** With the accounts whose use of quotas the work may change. */
  private <T> T change(
      Db db, Work<T> work, @Nullable PendingCharges charges, BodyHolds.Doomed doomed, Db... changed)
      throws SQLException, StoreException {
    boolean done = false;
    charging = charges;
    try {
      SharedTotals totals = charges == null ? null : accounts.totals();
      SharedTotals.Change change = totals == null ? null : totals.begin(changed);
      T result = work.run(db);
      if (change != null && charges != null) {
        change.settle(charges.asked());
      }
      Bodies.freeSome(db, this, doomed);
      done = true;
      return result;
    } finally {
      charging = null;
      if (!done) {
        keywords.forget();
      }
    }
  }

  private void closeDatabase() throws StoreException {
    try {
      if (rows.isOpen() && !rows.isReadOnly() && uidSets.hasNews()) {
        rows.writeUnsynced(uidSets::keep);
      }
    } finally {
      uidSets.forget();
      runs.forget();
      destination.forget();
      keywords.forget();
      rows.close();
    }
  }
}
