package org.posthorn.store.jdbc;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.testkit.store.StoreContract;

/** Compression is nothing that anybody notices. */
@Tag("long")
class SqliteCompressedContractTest extends StoreContract {
  @TempDir Path directory;

  @Override
  protected MailStore openStore() throws StoreException {
    return SqliteStore.in(directory)
        .quotas(quotaPolicy())
        .compression(Compression.deflate())
        .open();
  }

  @Override
  protected Optional<MailStore> reopenStore() throws StoreException {
    return Optional.of(openStore());
  }

  @Override
  public int largeMailbox() {
    return 10_000;
  }
}
