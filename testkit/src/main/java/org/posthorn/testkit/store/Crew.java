package org.posthorn.testkit.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Real threads that work at the same time; a failure of one fails the test. */
final class Crew implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> work = new ArrayList<>();

  /** Starts a task whose result nobody needs. */
  void add(Callable<?> task) {
    work.add(threads.submit(task));
  }

  <T> Future<T> start(Callable<T> task) {
    Future<T> started = threads.submit(task);
    work.add(started);
    return started;
  }

  /** Waits for all, within a minute. */
  void join() throws Exception {
    for (Future<?> task : work) {
      join(task);
    }
  }

  static <T> T join(Future<T> task) throws Exception {
    try {
      return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stuck) {
      throw new AssertionError("still not done after " + PATIENCE, stuck);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw new AssertionError(failed.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
