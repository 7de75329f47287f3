package org.posthorn.store.jdbc;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.testkit.store.CrashingStore;
import org.posthorn.testkit.store.StoreContract;

@Tag("long")
class PostgresContractTest extends StoreContract {
  private final String database = EmbeddedPostgres.emptied();

  PostgresStore.Builder store() {
    return PostgresStore.at(database).quotas(quotaPolicy());
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
  protected Optional<CrashingStore> openCrashingStore() throws Exception {
    return Optional.of(new CutOffStore(PgAddress.parse(database)));
  }
}
