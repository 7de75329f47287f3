package org.posthorn.store.cassandra;

import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.testkit.store.CrashingStore;

/** Dies before or after a conditional batch: the steps that others can see. */
final class SilencedStore implements CrashingStore {
  private final FaultySession faults = new FaultySession(TestKeyspace.session());
  private final CassandraStore store;

  SilencedStore() throws StoreException {
    store = TestKeyspace.shared().over(faults.session()).open();
  }

  @Override
  public MailStore store() {
    return store;
  }

  @Override
  public void dieAfter(int steps) {
    faults.strike(
        steps / 2 + 1,
        steps % 2 == 0 ? FaultySession.Fault.SILENT_BEFORE : FaultySession.Fault.SILENT_AFTER);
  }

  @Override
  public void revive() {
    faults.heal();
  }

  @Override
  public void close() {
    store.close();
  }
}
