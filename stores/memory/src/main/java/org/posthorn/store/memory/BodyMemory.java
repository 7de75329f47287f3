package org.posthorn.store.memory;

import java.util.concurrent.atomic.AtomicLong;
import org.posthorn.store.StoreException;

/** Counts the octets of all bodies of a store. Thread-safe. */
final class BodyMemory {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  BodyMemory(long limit) {
    this.limit = limit;
  }

  void reserve(long octets) throws StoreException {
    if (used.addAndGet(octets) > limit) {
      used.addAndGet(-octets);
      throw new StoreException(StoreException.Code.NO_SPACE, "No space left for messages");
    }
  }

  void free(long octets) {
    used.addAndGet(-octets);
  }

  long used() {
    return used.get();
  }
}
