package org.posthorn.examples;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.posthorn.retention.Retention;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies {@link RetentionOptions} while the server runs: at its start and every so many minutes.
 */
final class ScheduledRetention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("org.posthorn.retention");

  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "retention");
            thread.setDaemon(true);
            return thread;
          });

  /** Does nothing without rules. */
  void start(RetentionOptions options, MailStore store) {
    options
        .retention(store, Clock.systemUTC())
        .ifPresent(
            retention -> {
              var unused =
                  scheduler.scheduleWithFixedDelay(
                      () -> run(retention, options.dryRun),
                      0,
                      options.everyMinutes,
                      TimeUnit.MINUTES);
            });
  }

  private static void run(Retention retention, boolean dryRun) {
    try {
      Retention.Result result = dryRun ? retention.dryRun() : retention.run();
      LOG.info("{}{}", dryRun ? "dry run: " : "", result);
    } catch (StoreException | RuntimeException e) {
      LOG.error("retention failed, the next run will try", e);
    }
  }

  /** Waits for a run that is under way, but not for long: the next one goes on where it was. */
  @Override
  public void close() {
    scheduler.shutdown();
    try {
      if (!scheduler.awaitTermination(5, TimeUnit.SECONDS)) {
        scheduler.shutdownNow();
      }
    } catch (InterruptedException e) {
      scheduler.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
