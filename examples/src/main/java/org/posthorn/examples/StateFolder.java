package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a server keeps what it has to remember besides mail. */
final class StateFolder {
  private StateFolder() {}

  /**
   * The folder that {@code --state} names, else the store's.
   *
   * @param purpose what is to be kept, for the name of a temporary folder and for errors
   * @throws IllegalArgumentException for a store that outlives the process and has no folder
   */
  static Path of(AccountOptions options, String purpose) throws IOException {
    Path folder = options.state != null ? options.state : storeFolder(options, purpose);
    return folder == null
        ? Files.createTempDirectory("posthorn-" + purpose)
        : Files.createDirectories(folder);
  }

  private static @Nullable Path storeFolder(AccountOptions options, String purpose) {
    if (StoreOption.isPostgres(options.store)) {
      throw new IllegalArgumentException(
          "with PostgreSQL say where to keep the " + purpose + ": --state DIRECTORY");
    }
    if (StoreOption.isCassandra(options.store)) {
      throw new IllegalArgumentException(
          "with Cassandra say where to keep the " + purpose + ": --state DIRECTORY");
    }
    return StoreOption.folder(options.store);
  }
}
