package org.posthorn.store.jdbc;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.posthorn.store.StoreException;

/**
 * Tells other processes what changed here: after the commit and on a thread of its own, so that no
 * change waits for it. What comes while it speaks is merged and told at once after. A notification
 * within the transaction itself would make all commits of the database wait for each other.
 */
final class PgTeller implements AutoCloseable {
  /** Hints that wait; of more, some are lost, which hints may be. */
  private static final int MOST = 100_000;

  private static final int AT_ONCE = 1_000;
  private static final long PAUSE_NANOS = 500_000_000;
  private static final long LAST_WORDS_MILLIS = 2_000;

  /** How they are told. */
  interface Voice {
    void tell(List<String> hints) throws StoreException;
  }

  private final Voice voice;
  private final Set<String> waiting = new LinkedHashSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Thread thread;
  private boolean started;
  private boolean closed;

  PgTeller(Voice voice) {
    this.voice = voice;
    this.thread = new Thread(this::run, "posthorn-postgresql-tells");
    thread.setDaemon(true);
  }

  void add(String hint) {
    lock.lock();
    try {
      if (!started && !closed) {
        started = true;
        thread.start();
      }
      if (waiting.size() < MOST && waiting.add(hint)) {
        news.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (List<String> some = next(0); !some.isEmpty(); ) {
      long pause = 0;
      try {
        voice.tell(some);
      } catch (StoreException e) {
        // The database is away. Who watches there will look anew when it is back.
        putBack(some);
        pause = PAUSE_NANOS;
      } catch (RuntimeException e) {
        System.getLogger(PgTeller.class.getName())
            .log(System.Logger.Level.ERROR, "hints for other processes were lost", e);
      }
      some = next(pause);
    }
  }

  /** Some of those that wait; after a failure not at once, and none at the end. */
  private List<String> next(long pauseNanos) {
    lock.lock();
    try {
      long pause = pauseNanos;
      while (pause > 0 && !closed) {
        pause = news.awaitNanos(pause);
      }
      while (waiting.isEmpty() && !closed) {
        news.await();
      }
      if (closed && pauseNanos > 0) {
        return List.of();
      }
      List<String> some = waiting.stream().limit(AT_ONCE).toList();
      // Before it is told: what is changed meanwhile has to be told again.
      some.forEach(waiting::remove);
      return some;
    } catch (InterruptedException e) {
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private void putBack(List<String> some) {
    lock.lock();
    try {
      waiting.addAll(some);
    } finally {
      lock.unlock();
    }
  }

  /** What waits is told first, if the database is there. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(LAST_WORDS_MILLIS);
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
