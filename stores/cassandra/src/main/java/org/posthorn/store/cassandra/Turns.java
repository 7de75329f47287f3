package org.posthorn.store.cassandra;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Turns that the sessions of one process take for each mailbox, in the order in which they came.
 * Thread-safe.
 */
final class Turns {
  private static final long PATIENCE_SECONDS = 2;
  private static final int STRIPES = 1_024;

  private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

  Turns() {
    for (int i = 0; i < STRIPES; i++) {
      locks[i] = new ReentrantLock(true);
    }
  }

  /** False where it took too long; whoever goes on without a turn is only slower. */
  boolean take(String id) throws StoreException {
    try {
      return lock(id).tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Code.UNAVAILABLE, "interrupted", e);
    }
  }

  void end(String id, boolean turn) {
    if (turn) {
      lock(id).unlock();
    }
  }

  private ReentrantLock lock(String id) {
    return locks[Math.floorMod(id.hashCode(), STRIPES)];
  }
}
