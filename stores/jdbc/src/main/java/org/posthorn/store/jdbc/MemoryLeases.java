package org.posthorn.store.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** Leases of a store that one process uses. */
final class MemoryLeases implements Leases {
  private record Lease(Object holder, Instant expires) {}

  private final Map<Long, Lease> leases = new HashMap<>();
  private final Clock clock;
  private final Duration length;

  MemoryLeases(Clock clock, Duration length) {
    this.clock = clock;
    this.length = length;
  }

  @Override
  public synchronized void take(long mailbox, Object holder) throws StoreException {
    Instant now = clock.instant();
    Lease lease = leases.get(mailbox);
    if (lease != null && lease.holder != holder && now.isBefore(lease.expires)) {
      throw new StoreException(Code.IN_USE, "the mailbox is in use by another session");
    }
    leases.put(mailbox, new Lease(holder, now.plus(length)));
  }

  @Override
  public synchronized void renew(long mailbox, Object holder) throws StoreException {
    Lease lease = leases.get(mailbox);
    if (lease == null || lease.holder != holder) {
      throw new StoreException(Code.IN_USE, "the exclusive use of this mailbox has expired");
    }
    leases.put(mailbox, new Lease(holder, clock.instant().plus(length)));
  }

  @Override
  public synchronized void release(long mailbox, Object holder) {
    Lease lease = leases.get(mailbox);
    if (lease != null && lease.holder == holder) {
      leases.remove(mailbox);
    }
  }
}
