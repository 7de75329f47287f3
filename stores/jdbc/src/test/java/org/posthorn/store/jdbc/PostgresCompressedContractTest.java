package org.posthorn.store.jdbc;

import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.testkit.store.StoreContract;

/** Compression is nothing that anybody notices; the kit runs on SQLite with each build. */
@EnabledIfSystemProperty(named = "posthorn.soak", matches = "true")
class PostgresCompressedContractTest extends StoreContract {
  private final String database = EmbeddedPostgres.emptied();

  @Override
  protected MailStore openStore() throws StoreException {
    return PostgresStore.at(database)
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
