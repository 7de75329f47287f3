package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.posthorn.backup.Backup;
import org.posthorn.backup.Progress;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a backup up to date while the server runs: at its start and every so many minutes. */
final class ScheduledBackup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("org.posthorn.backup");

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "backup");
            thread.setDaemon(true);
            return thread;
          });

  /** Does nothing without a directory. */
  void start(BackupOptions options, MailStore store) {
    @Nullable Path directory = options.to;
    if (directory != null) {
      Backup to = Backup.in(directory);
      var unused =
          clock.scheduleWithFixedDelay(() -> run(to, store), 0, options.minutes, TimeUnit.MINUTES);
    }
  }

  private static void run(Backup backup, MailStore store) {
    try {
      Backup.AllResult all = backup.all(store, Progress.NONE);
      all.failed()
          .forEach(
              (account, why) ->
                  LOG.error("backup of {} failed, the next one will be tried", account, why));
      Backup.Result result = all.done();
      LOG.info(
          "backup: {} messages, {} of them new ({} octets)",
          result.messages(),
          result.written(),
          result.octets());
    } catch (IOException | StoreException | RuntimeException e) {
      LOG.error("backup failed, the next one will be tried", e);
    }
  }

  /** Waits for a run that is under way, but not for long: the next one goes on where it was. */
  @Override
  public void close() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(5, TimeUnit.SECONDS)) {
        clock.shutdownNow();
      }
    } catch (InterruptedException e) {
      clock.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
