package org.posthorn.store.jdbc;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.posthorn.store.StoreException;

/**
 * Work that nobody waits for, on one thread that is there while there is some: a bit of each thing
 * in turn. What fails is left to the next who needs it. Thread-safe.
 */
final class Upkeep {
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  /** Something that is done bit by bit. */
  interface Task {
    /** Does some of it, for a fraction of a second; whether there is more. */
    boolean more() throws StoreException;
  }

  private final Set<Object> known = new HashSet<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1, 1, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), Upkeep::named);
  private boolean closed;

  Upkeep() {
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread named(Runnable work) {
    Thread thread = new Thread(work, "posthorn-store-upkeep");
    thread.setDaemon(true);
    return thread;
  }

  /** Does it later, unless what goes by the same key is still to be done. */
  synchronized void add(Object key, Task task) {
    if (!closed && known.add(key)) {
      thread.execute(() -> some(key, task));
    }
  }

  private void some(Object key, Task task) {
    boolean more = false;
    try {
      more = task.more();
    } catch (StoreException e) {
      System.getLogger(Upkeep.class.getName()).log(System.Logger.Level.DEBUG, "put off: " + key, e);
    } finally {
      next(key, task, more);
    }
  }

  private synchronized void next(Object key, Task task, boolean more) {
    if (more && !closed) {
      thread.execute(() -> some(key, task));
    } else {
      known.remove(key);
    }
  }

  /** Waits for what is under way, so that it touches no file of a store that is closed. */
  void close() {
    synchronized (this) {
      closed = true;
      thread.getQueue().clear();
      thread.shutdown();
    }
    try {
      if (!thread.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        System.getLogger(Upkeep.class.getName())
            .log(System.Logger.Level.WARNING, "the store is closed while its upkeep goes on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
