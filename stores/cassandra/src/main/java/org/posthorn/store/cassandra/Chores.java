package org.posthorn.store.cassandra;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.posthorn.store.StoreException;

/** What a server does from time to time beside its sessions, in threads of its own. */
final class Chores implements AutoCloseable {
  interface Chore {
    void run() throws StoreException;
  }

  /** What takes long must not keep large mailboxes from being split. */
  private static final int THREADS = 2;

  private final List<Chore> all;
  private final ScheduledThreadPoolExecutor executor;

  Chores(Duration every, List<Chore> all) {
    this.all = List.copyOf(all);
    this.executor =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "posthorn-cassandra-chores");
              thread.setDaemon(true);
              return thread;
            });
    long millis = Math.max(1, every.toMillis());
    var unused = executor.scheduleWithFixedDelay(this::run, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void run() {
    all.forEach(this::run);
  }

  private void run(Chore chore) {
    try {
      chore.run();
    } catch (StoreException | RuntimeException | Error e) {
      if (!executor.isShutdown()) {
        System.getLogger(Chores.class.getName())
            .log(System.Logger.Level.WARNING, "a chore was left for later", e);
      }
    }
  }

  /** One that is not to wait for its time; after the last it is left to others. */
  void soon(Chore chore) {
    try {
      executor.execute(() -> run(chore));
    } catch (RejectedExecutionException e) {
      System.getLogger(Chores.class.getName())
          .log(System.Logger.Level.DEBUG, "the store was closed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
