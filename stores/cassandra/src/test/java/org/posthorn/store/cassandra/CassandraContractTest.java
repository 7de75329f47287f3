package org.posthorn.store.cassandra;

import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.testkit.store.CrashingStore;
import org.posthorn.testkit.store.StoreContract;

@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class CassandraContractTest extends StoreContract {
  @Override
  protected MailStore openStore() throws StoreException {
    TestKeyspace.emptied();
    return open();
  }

  /**
   * With small sections, on demand, all of the contract holds as well. No batch of it is too large.
   */
  private MailStore open() throws StoreException {
    return TestKeyspace.shared()
        .over(new WatchedSession(TestKeyspace.session()).session())
        .sectionUids(Integer.getInteger("posthorn.cassandra.section", 50_000))
        .quotas(quotaPolicy())
        .open();
  }

  @Override
  protected Optional<MailStore> reopenStore() throws StoreException {
    return Optional.of(open());
  }

  @Override
  protected Optional<CrashingStore> openCrashingStore() throws StoreException {
    return Optional.of(new SilencedStore());
  }

  @Override
  public int largeMailbox() {
    return 5_000;
  }

  @Override
  public int histories() {
    return Boolean.getBoolean("posthorn.soak") ? 100 : 3;
  }
}
