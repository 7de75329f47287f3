package org.posthorn.store.jdbc;

import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Leases in a table, so that other processes keep away too. Each process has an advisory lock as
 * long as it is connected; the leases of one that lost it are anybody's.
 */
final class PgLeases implements Leases {
  /** Of the length of a lease; one that was renewed a shorter while ago is good. */
  private static final int RENEWED_AFTER = 4;

  private record Held(String token, Instant since) {}

  private final AccountRows rows;
  private final long process;
  private final Settings settings;
  private final IdentityHashMap<Object, Held> held = new IdentityHashMap<>();

  /** By mailbox, what nobody here holds any more and could not be given back: the next takes it. */
  private final Map<Long, String> left = new ConcurrentHashMap<>();

  PgLeases(AccountRows rows, Settings settings, long process) {
    this.process = process;
    this.rows = rows;
    this.settings = settings;
  }

  @Override
  public void take(long mailbox, Object holder) throws StoreException {
    Held before = known(holder);
    Instant now = settings.clock().instant();
    String own = before == null ? NewIds.next('L') : before.token;
    String over = before == null ? left.remove(mailbox) : null;
    Held mine = new Held(over == null ? own : over, now);
    int taken =
        rows.writeUnsynced(
            db ->
                db.update(
                    "INSERT INTO lease (mailbox, holder, expires, process) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (mailbox) DO UPDATE SET holder = excluded.holder,"
                        + " expires = excluded.expires, process = excluded.process"
                        + " WHERE lease.holder = excluded.holder OR lease.expires <= ?"
                        + " OR lease.process <> 0"
                        + " AND pg_try_advisory_xact_lock_shared(lease.process)",
                    mailbox,
                    mine.token,
                    now.plus(settings.exclusiveLease()).toEpochMilli(),
                    process,
                    now.toEpochMilli()));
    if (taken == 0) {
      throw new StoreException(Code.IN_USE, "the mailbox is in use by another session");
    }
    remember(holder, mine);
  }

  @Override
  public void renew(long mailbox, Object holder) throws StoreException {
    Held mine = known(holder);
    if (mine == null) {
      throw expired();
    }
    Instant now = settings.clock().instant();
    if (now.isBefore(mine.since.plus(settings.exclusiveLease().dividedBy(RENEWED_AFTER)))) {
      return;
    }
    int renewed =
        rows.writeUnsynced(
            db ->
                db.update(
                    "UPDATE lease SET expires = ? WHERE mailbox = ? AND holder = ?",
                    now.plus(settings.exclusiveLease()).toEpochMilli(),
                    mailbox,
                    mine.token));
    if (renewed == 0) {
      throw expired();
    }
    remember(holder, new Held(mine.token, now));
  }

  private static StoreException expired() {
    return new StoreException(Code.IN_USE, "the exclusive use of this mailbox has expired");
  }

  @Override
  public void release(long mailbox, Object holder) throws StoreException {
    Held mine = known(holder);
    if (mine != null) {
      synchronized (held) {
        held.remove(holder);
      }
      try {
        rows.writeUnsynced(
            db ->
                db.update(
                    "DELETE FROM lease WHERE mailbox = ? AND holder = ?", mailbox, mine.token));
      } catch (StoreException e) {
        // With the account the lease went too.
        if (e.code() != Code.NONEXISTENT) {
          left.put(mailbox, mine.token);
          throw e;
        }
      }
    }
  }

  private @Nullable Held known(Object holder) {
    synchronized (held) {
      return held.get(holder);
    }
  }

  private void remember(Object holder, Held mine) {
    synchronized (held) {
      held.put(holder, mine);
    }
  }
}
