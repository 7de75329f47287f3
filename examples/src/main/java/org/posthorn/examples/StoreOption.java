package org.posthorn.examples;

import java.nio.file.Path;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.SqliteStore;
import org.posthorn.store.memory.MemoryStore;

/** Opens the store that {@code --store} names. */
final class StoreOption {
  private static final String SQLITE = "sqlite:";

  private StoreOption() {}

  static MailStore open(String option) throws StoreException {
    if (option.equals("memory")) {
      return MemoryStore.create();
    }
    if (option.startsWith(SQLITE)) {
      return SqliteStore.open(Path.of(option.substring(SQLITE.length())));
    }
    throw new IllegalArgumentException("unknown store " + option + ": memory or sqlite:DIRECTORY");
  }
}
