package org.posthorn.store.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/**
 * Who has a mailbox EXCLUSIVE. A holder that did nothing for the time of the lease loses it when
 * another one asks. Guarded by the lock of its account.
 */
final class Lease {
  private final Environment environment;
  private @Nullable Object holder;
  private Instant until = Instant.MIN;

  Lease(Environment environment) {
    this.environment = environment;
  }

  void take(Object who) throws StoreException {
    if (holder != null && environment.clock().instant().isBefore(until)) {
      throw inUse();
    }
    holder = who;
    renew(who);
  }

  /** Every call of the holder renews it. */
  void renew(Object who) throws StoreException {
    if (!who.equals(holder)) {
      throw inUse();
    }
    until = environment.clock().instant().plus(environment.lease());
  }

  void release(Object who) {
    if (who.equals(holder)) {
      holder = null;
    }
  }

  private static StoreException inUse() {
    return new StoreException(StoreException.Code.IN_USE, "Mailbox is in use exclusively");
  }
}
