package org.posthorn.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.SqliteStore;

class SqliteBackupTest extends BackupContract {
  @Override
  MailStore open(Path place) throws StoreException {
    return SqliteStore.in(place).open();
  }

  @Override
  long closeAndMeasure(MailStore store, Path place) throws Exception {
    store.close();
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
