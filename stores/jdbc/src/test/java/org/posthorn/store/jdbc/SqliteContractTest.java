package org.posthorn.store.jdbc;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.testkit.store.CrashingStore;
import org.posthorn.testkit.store.StoreContract;

class SqliteContractTest extends StoreContract {
  @TempDir Path directory;

  SqliteStore.Builder store() {
    return SqliteStore.in(directory).quotas(quotaPolicy());
  }

  @Override
  protected MailStore openStore() throws StoreException {
    return store().open();
  }

  @Override
  protected Optional<MailStore> reopenStore() throws StoreException {
    return Optional.of(openStore());
  }

  @Override
  protected Optional<CrashingStore> openCrashingStore() throws StoreException {
    return Optional.of(new DyingStore(directory, store()));
  }
}
