package org.posthorn.server;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One lane: so many workers, a bounded queue, and turns that go round among those who wait,
 * whatever number of tasks each of them has.
 */
final class FairLane {
  private final LaneLimits limits;
  private final Executor threads;
  private final Map<Object, Share> shares = new HashMap<>();
  private final ArrayDeque<Share> ready = new ArrayDeque<>();
  private int workers;

  /** Workers that have not looked for work yet. */
  private int starting;

  private int waiting;
  private boolean closed;

  /**
   * What one account has in this lane; listed in {@code ready} while it has a task that may start.
   */
  private static final class Share {
    final Object key;
    final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    int running;
    boolean listed;

    Share(Object key) {
      this.key = key;
    }
  }

  FairLane(LaneLimits limits, Executor threads) {
    this.limits = limits;
    this.threads = threads;
  }

  /** Takes a task unless the lane, or the key's part of it, is full. */
  boolean offer(Object key, Runnable task) {
    return add(key, task, false);
  }

  /**
   * Takes a task that goes on with, or cleans up after, one admitted earlier; after {@link #close}
   * it runs here and now.
   */
  void admit(Object key, Runnable task) {
    if (!add(key, task, true)) {
      task.run();
    }
  }

  private boolean add(Object key, Runnable task, boolean always) {
    synchronized (this) {
      if (closed) {
        return false;
      }
      Share share = shares.computeIfAbsent(key, Share::new);
      boolean mustWait = workers >= limits.size() || share.running >= limits.share();
      if (!always && mustWait && full(share)) {
        return false;
      }
      share.tasks.add(task);
      waiting++;
      list(share);
      if (!hire()) {
        return true;
      }
    }
    threads.execute(this::work);
    return true;
  }

  /** Whether one more worker would find work; it is counted from now on. */
  private boolean hire() {
    if (ready.size() <= starting || workers >= limits.size()) {
      return false;
    }
    workers++;
    starting++;
    return true;
  }

  private boolean full(Share share) {
    return waiting >= limits.queue() || share.tasks.size() >= limits.shareQueue();
  }

  private void list(Share share) {
    if (!share.listed && !share.tasks.isEmpty() && share.running < limits.share()) {
      share.listed = true;
      ready.add(share);
    }
  }

  private void work() {
    Share mine = null;
    while (true) {
      Runnable task;
      boolean more;
      synchronized (this) {
        if (mine == null) {
          starting--;
        } else {
          leave(mine);
        }
        mine = ready.poll();
        if (mine == null) {
          workers--;
          notifyAll();
          return;
        }
        task = enter(mine);
        more = hire();
      }
      if (more) {
        threads.execute(this::work);
      }
      run(task);
    }
  }

  private Runnable enter(Share share) {
    share.listed = false;
    share.running++;
    waiting--;
    Runnable task = share.tasks.remove();
    list(share);
    return task;
  }

  private void leave(Share share) {
    share.running--;
    list(share);
    if (share.running == 0 && share.tasks.isEmpty()) {
      shares.remove(share.key);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      Thread thread = Thread.currentThread();
      Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
      reportTo(handler, thread, e);
    }
  }

  private static void reportTo(
      Thread.@Nullable UncaughtExceptionHandler handler, Thread thread, Throwable thrown) {
    if (handler != null) {
      handler.uncaughtException(thread, thrown);
    }
  }

  /**
   * Waits until nothing runs or waits, then takes nothing more. Returns whether that came to pass
   * before the time was over.
   */
  synchronized boolean close(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    while (workers > 0 && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
    closed = true;
    return workers == 0;
  }
}
