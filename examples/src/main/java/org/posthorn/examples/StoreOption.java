package org.posthorn.examples;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.Compression;
import org.posthorn.store.jdbc.PostgresStore;
import org.posthorn.store.jdbc.SqliteStore;
import org.posthorn.store.memory.MemoryStore;

/** Opens the store that {@code --store} names. */
final class StoreOption {
  private static final String SQLITE = "sqlite:";

  private StoreOption() {}

  /** Where the store keeps its files; null when it has none here. */
  static @Nullable Path folder(String option) {
    return option.startsWith(SQLITE) ? Path.of(option.substring(SQLITE.length())) : null;
  }

  /** Whether the store outlives the process and has no folder for what is kept beside it. */
  static boolean isPostgres(String option) {
    return option.startsWith("postgresql:") || option.startsWith("postgres:");
  }

  static MailStore open(String option) throws StoreException {
    return open(option, null);
  }

  /** With the level at which mail to come is compressed. */
  static MailStore open(String option, @Nullable Integer level) throws StoreException {
    Compression compression = level == null ? Compression.none() : Compression.deflate(level);
    if (option.equals("memory")) {
      return MemoryStore.builder().build();
    }
    Path folder = folder(option);
    if (folder != null) {
      return SqliteStore.in(folder).compression(compression).open();
    }
    if (isPostgres(option)) {
      return PostgresStore.at(option).compression(compression).open();
    }
    throw new IllegalArgumentException(
        "unknown store: memory, sqlite:DIRECTORY or postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
  }
}
