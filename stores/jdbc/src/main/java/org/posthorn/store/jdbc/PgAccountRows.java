package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.Work;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * An account as rows of shared tables. Who changes it locks its row in the first statement of the
 * transaction: all later statements see what earlier holders of the lock committed, in this process
 * and in others.
 */
final class PgAccountRows implements AccountRows {
  private static final int BEING_DELETED = 2;

  /** Bodies removed by one transaction. */
  private static final int BATCH = 500;

  /** Other rows removed by one transaction. */
  private static final int ROWS = 20_000;

  private static final List<String> OF_MAILBOXES =
      List.of("message", "message_state", "vanished", "mailbox_keyword", "uid_ranges", "lease");

  private final PgPool pool;
  private final long id;
  private final long uidValidityFloor;
  private final Settings settings;
  private final Duration patience;

  /** Those of this process wait here, without a connection. */
  private final ReentrantLock writing = new ReentrantLock(true);

  private volatile boolean used;

  /**
   * Reads nothing yet.
   *
   * @param patience with those of this process who are at work; they may wait for a network that
   *     swallowed everything
   */
  PgAccountRows(PgPool pool, long id, long uidValidityFloor, Settings settings, Duration patience) {
    this.pool = pool;
    this.patience = patience;
    this.id = id;
    this.uidValidityFloor = uidValidityFloor;
    this.settings = settings;
  }

  @Override
  public <T> T read(Work<T> work) throws StoreException {
    used = true;
    return pool.read(id, work);
  }

  @Override
  public <T> T write(Work<T> work) throws StoreException {
    return locked(
        db ->
            there(
                db.number(
                    "SELECT 1 + state FROM account WHERE id = ? FOR NO KEY UPDATE", db.tenant())),
        work);
  }

  @Override
  public <T> T writeUnsynced(Work<T> work) throws StoreException {
    return locked(
        db ->
            there(
                db.number(
                    "SELECT 1 + state, set_config('synchronous_commit', 'off', true)"
                        + " FROM account WHERE id = ? FOR NO KEY UPDATE",
                    db.tenant())),
        work);
  }

  /** Two who lock two accounts do it in the same order. */
  @Override
  public <T> T writeTogether(long other, Work<T> work) throws StoreException {
    return locked(
        db -> {
          for (long state :
              db.all(
                  row -> row.getLong(1),
                  "SELECT 1 + state FROM account WHERE id IN (?, ?) ORDER BY id FOR NO KEY UPDATE",
                  db.tenant(),
                  other)) {
            there(state);
          }
          return other;
        },
        work);
  }

  private static long there(long statePlusOne) throws StoreException {
    if (statePlusOne == 0 || statePlusOne == 1 + BEING_DELETED) {
      throw new StoreException(Code.NONEXISTENT, "the account is gone");
    }
    return statePlusOne;
  }

  private <T> T locked(Work<?> lock, Work<T> work) throws StoreException {
    used = true;
    awaitTurn();
    try {
      return pool.write(id, lock, work);
    } finally {
      writing.unlock();
    }
  }

  private void awaitTurn() throws StoreException {
    boolean mine = false;
    try {
      mine = writing.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!mine) {
      throw new StoreException(Code.UNAVAILABLE, "the account is busy");
    }
  }

  /** True once it was used: there is something remembered to be given up. */
  @Override
  public boolean isOpen() {
    return used;
  }

  @Override
  public boolean isMissing() {
    return false;
  }

  /** Two processes may do this at the same time. */
  @Override
  public void make() throws StoreException {
    write(
        db -> {
          if (Mailboxes.count(db) > 0) {
            return id;
          }
          db.update(
              "UPDATE account SET uid_validity = ? WHERE id = ? AND uid_validity < ?",
              uidValidityFloor,
              id,
              uidValidityFloor);
          return Mailboxes.insert(db, settings.clock(), MailboxName.INBOX, Set.of()).id;
        });
  }

  /** In steps that a connection has the patience for. */
  @Override
  public long destroy() throws StoreException {
    Work<Long> lock =
        db -> db.number("SELECT uid_validity FROM account WHERE id = ? FOR NO KEY UPDATE", id);
    pool.write(
        id,
        lock,
        db -> {
          PgTotals.leave(db);
          return id;
        });
    for (String table : OF_MAILBOXES) {
      repeat(lock, db -> removeSome(db, table));
    }
    pool.write(id, lock, PgAccountRows::removeNames);
    repeat(lock, PgAccountRows::removeSomeBodies);
    return pool.read(id, db -> db.number("SELECT uid_validity FROM account WHERE id = ?", id));
  }

  private void repeat(Work<Long> lock, Work<Integer> step) throws StoreException {
    int removed;
    do {
      removed = pool.write(id, lock, step);
    } while (removed > 0);
  }

  private static int removeSome(Db db, String table) throws SQLException {
    return db.update(
        "DELETE FROM "
            + table
            + " WHERE ctid = ANY (ARRAY (SELECT ctid FROM "
            + table
            + " WHERE mailbox IN (SELECT id FROM mailbox WHERE account = ?) LIMIT ?))",
        db.tenant(),
        ROWS);
  }

  private static int removeNames(Db db) throws SQLException {
    int removed = 0;
    for (String table :
        new String[] {
          "mailbox", "subscription", "account_change", "keyword_set", "thread_key", "attribute"
        }) {
      removed += db.update("DELETE FROM " + table + " WHERE account = ?", db.tenant());
    }
    return removed;
  }

  private static int removeSomeBodies(Db db) throws SQLException {
    List<Long> bodies =
        db.all(
            row -> row.getLong(1),
            "SELECT id FROM body WHERE account = ? LIMIT ?",
            db.tenant(),
            BATCH);
    if (bodies.isEmpty()) {
      return 0;
    }
    StringJoiner numbers = new StringJoiner(", ", "(", ")");
    for (long body : bodies) {
      Bodies.deleteOctets(db, body, body);
      numbers.add(Long.toString(body));
    }
    db.execute("DELETE FROM text_index WHERE body IN " + numbers);
    db.execute("DELETE FROM body WHERE id IN " + numbers);
    return bodies.size();
  }

  @Override
  public void close() {
    used = false;
  }
}
