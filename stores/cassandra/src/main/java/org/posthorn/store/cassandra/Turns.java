package org.posthorn.store.cassandra;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Turns that the sessions of one process take for each mailbox or account, in the order in which
 * they came. Some names share one; whoever needs several takes them in one order, so that nobody
 * waits for somebody who waits for him. Thread-safe.
 */
final class Turns {
  /** How long whoever has a turn may take for one step while others wait. */
  static final long PATIENCE_MILLIS = 15_000;

  /** Patiences that a session waits at most while the one before it gets on. */
  private static final int MOST_WAITS = 4;

  private static final int STRIPES = 1_024;

  private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

  /** Turns that ended, and steps that were taken in turns of several. */
  private final AtomicLong[] steps = new AtomicLong[STRIPES];

  private final long patienceMillis;

  Turns() {
    this(PATIENCE_MILLIS);
  }

  Turns(long patienceMillis) {
    this.patienceMillis = patienceMillis;
    for (int i = 0; i < STRIPES; i++) {
      locks[i] = new ReentrantLock(true);
      steps[i] = new AtomicLong();
    }
  }

  /**
   * A turn for all of these.
   *
   * @throws StoreException UNAVAILABLE where it takes too long
   */
  Turn take(String... names) throws StoreException {
    Turn turn = new Turn();
    turn.extend(names);
    return turn;
  }

  /** How many wait for a turn. */
  int waiting(String name) {
    return locks[stripe(name)].getQueueLength();
  }

  private static int stripe(String name) {
    return Math.floorMod(name.hashCode(), STRIPES);
  }

  private static int[] stripes(String... names) {
    return Arrays.stream(names).mapToInt(Turns::stripe).sorted().distinct().toArray();
  }

  private void lock(int stripe) throws StoreException {
    try {
      for (int waits = 0; waits < MOST_WAITS; waits++) {
        long before = steps[stripe].get();
        if (locks[stripe].tryLock(patienceMillis, TimeUnit.MILLISECONDS)) {
          return;
        }
        if (steps[stripe].get() == before) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Code.UNAVAILABLE, "interrupted", e);
    }
    throw new StoreException(Code.UNAVAILABLE, "others took too long with the same mailbox");
  }

  /** Of the thread that took it, which ends it. */
  final class Turn {
    private int[] held = {};

    private Turn() {}

    /**
     * The turn is for these from now on, among them those that it was for.
     *
     * @return false where it was given up in between, so that others may have changed something
     */
    boolean extend(String... names) throws StoreException {
      int[] wanted = stripes(names);
      boolean kept =
          held.length <= wanted.length
              && Arrays.equals(held, 0, held.length, wanted, 0, held.length);
      if (!kept) {
        end();
      }
      for (int i = held.length; i < wanted.length; i++) {
        lock(wanted[i]);
        held = Arrays.copyOf(wanted, i + 1);
      }
      return kept;
    }

    /** Something was done: whoever waits need not lose patience. */
    void stepped() {
      for (int stripe : held) {
        steps[stripe].incrementAndGet();
      }
    }

    /** Does nothing the second time. Whoever waits sees that it goes on. */
    void end() {
      stepped();
      for (int stripe : held) {
        locks[stripe].unlock();
      }
      held = new int[0];
    }
  }
}
