package org.posthorn.store.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Exclusive use of mailboxes. A holder that does nothing for the length of a lease is taken for
 * dead once somebody else asks. Thread-safe.
 */
final class Leases {
  private record Lease(Object holder, Instant expires) {}

  private final Map<Long, Lease> leases = new HashMap<>();
  private final Clock clock;
  private final Duration length;

  Leases(Clock clock, Duration length) {
    this.clock = clock;
    this.length = length;
  }

  /**
   * Takes or renews.
   *
   * @throws StoreException IN_USE when somebody else has it
   */
  synchronized void take(long mailbox, Object holder) throws StoreException {
    Instant now = clock.instant();
    Lease lease = leases.get(mailbox);
    if (lease != null && lease.holder != holder && now.isBefore(lease.expires)) {
      throw new StoreException(Code.IN_USE, "the mailbox is in use by another session");
    }
    leases.put(mailbox, new Lease(holder, now.plus(length)));
  }

  /**
   * Renews what was taken.
   *
   * @throws StoreException IN_USE when it expired and somebody else took it
   */
  synchronized void renew(long mailbox, Object holder) throws StoreException {
    Lease lease = leases.get(mailbox);
    if (lease == null || lease.holder != holder) {
      throw new StoreException(Code.IN_USE, "the exclusive use of this mailbox has expired");
    }
    leases.put(mailbox, new Lease(holder, clock.instant().plus(length)));
  }

  synchronized void release(long mailbox, Object holder) {
    Lease lease = leases.get(mailbox);
    if (lease != null && lease.holder == holder) {
      leases.remove(mailbox);
    }
  }
}
