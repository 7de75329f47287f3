package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.metadata.NodeState;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Connections of a store with the nodes. */
public final class Connections {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

  private Connections() {}

  /** Waits until a store has connections to so many nodes; false where that takes too long. */
  public static boolean await(CassandraStore store, int nodes) {
    long end = System.nanoTime() + PATIENCE;
    while (count(store) < nodes) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(50_000_000);
    }
    return true;
  }

  private static long count(CassandraStore store) {
    return store.parts().cql().session().getMetadata().getNodes().values().stream()
        .filter(node -> node.getState() == NodeState.UP && node.getOpenConnections() > 0)
        .count();
  }
}
