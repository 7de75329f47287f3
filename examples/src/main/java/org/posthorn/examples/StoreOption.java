package org.posthorn.examples;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
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

  static MailStore open(String option) throws StoreException {
    if (option.equals("memory")) {
      return MemoryStore.builder().build();
    }
    Path folder = folder(option);
    if (folder != null) {
      return SqliteStore.in(folder).open();
    }
    throw new IllegalArgumentException("unknown store " + option + ": memory or sqlite:DIRECTORY");
  }
}
