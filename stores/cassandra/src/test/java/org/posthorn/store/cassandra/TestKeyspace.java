package org.posthorn.store.cassandra;

import org.posthorn.store.AccountDirectory;
import org.posthorn.store.StoreException;

/** Keyspaces of the shared node. */
final class TestKeyspace {
  private static int made;

  private TestKeyspace() {}

  /** The address of a keyspace that nobody used. */
  static synchronized String fresh() {
    return CassandraNode.shared()
        .address("mail_" + Long.toString(System.nanoTime(), 36) + "_" + ++made);
  }

  /** The address of the one keyspace whose accounts this deletes; the quicker way to start anew. */
  static synchronized String emptied() {
    String address = CassandraNode.shared().address("emptied");
    try (CassandraStore store = CassandraStore.at(address).open()) {
      AccountDirectory directory = store.facet(AccountDirectory.class).orElseThrow();
      for (String account : directory.list("", 1_000)) {
        directory.delete(account);
      }
      store.forgetCommon();
      return address;
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }
}
