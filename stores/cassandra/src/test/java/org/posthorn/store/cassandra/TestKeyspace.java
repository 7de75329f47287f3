package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.function.UnaryOperator;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.StoreException;

/** Keyspaces of the shared node, or of a cluster that a test started. */
final class TestKeyspace {
  private static final String EMPTIED = "emptied";

  private static UnaryOperator<String> where = name -> CassandraNode.shared().address(name);
  private static int made;
  private static CqlSession session;

  private TestKeyspace() {}

  /**
   * From now on keyspaces are here; nobody uses others any more.
   *
   * @param addresses gives the address of a keyspace
   */
  static synchronized void on(UnaryOperator<String> addresses) {
    if (session != null) {
      session.close();
      session = null;
    }
    where = addresses;
  }

  private static synchronized String address(String keyspace) {
    return where.apply(keyspace);
  }

  /** The address of a keyspace that nobody used. */
  static synchronized String fresh() {
    return address("mail_" + Long.toString(System.nanoTime(), 36) + "_" + ++made);
  }

  /** A store in the one keyspace that many tests use, without a connection of its own. */
  static CassandraOptions shared() {
    return CassandraStore.at(address(EMPTIED)).over(session());
  }

  /** The one connection of all of them. */
  static synchronized CqlSession session() {
    if (session == null) {
      String address = address(EMPTIED);
      session = Cluster.connect(CassandraAddress.parse(address), null);
    }
    return session;
  }

  /** The address of the shared keyspace, whose accounts this deletes: the quicker way to begin. */
  static synchronized String emptied() {
    String address = address(EMPTIED);
    try (CassandraStore store = shared().open()) {
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
