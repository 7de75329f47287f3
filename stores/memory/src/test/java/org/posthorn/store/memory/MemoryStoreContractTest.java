package org.posthorn.store.memory;

import org.posthorn.store.MailStore;
import org.posthorn.testkit.store.StoreContract;

class MemoryStoreContractTest extends StoreContract {
  @Override
  protected MailStore openStore() {
    return MemoryStore.builder().quotas(quotaPolicy()).build();
  }
}
