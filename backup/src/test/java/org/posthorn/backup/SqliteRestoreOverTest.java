package org.posthorn.backup;

import java.nio.file.Path;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.SqliteStore;

class SqliteRestoreOverTest extends RestoreOverContract {
  @Override
  MailStore open(Path place) throws StoreException {
    return SqliteStore.in(place).open();
  }
}
