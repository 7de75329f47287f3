package org.posthorn.store.cassandra.faults;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.posthorn.store.cassandra.CassandraNode;

/** Three nodes that hold everything three times. Not thread-safe. */
public final class ThreeNodes implements AutoCloseable {
  static final int NODES = 3;
  private static final int CQL = 9_042;
  private static final int STORAGE = 7_000;
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(6);

  private final NodeNetwork network = NodeNetwork.make(NODES);
  private final List<CassandraNode> nodes = new ArrayList<>();

  /**
   * Not started yet.
   *
   * @param directory for the files of each
   */
  public ThreeNodes(Path directory) throws IOException {
    String seed = network.host(1) + ":" + STORAGE;
    for (int node = 1; node <= NODES; node++) {
      nodes.add(
          CassandraNode.of(
              directory.resolve("node" + node),
              network.before(node),
              network.host(node),
              CQL,
              STORAGE,
              seed,
              Long.MIN_VALUE / 2 + (node - 1) * (Long.MAX_VALUE / NODES)));
    }
  }

  /** Starts all and waits until they answer. */
  public void start() throws IOException {
    // The others ask those before them who there is.
    for (CassandraNode node : nodes) {
      node.start();
      node.awaitReady();
    }
  }

  NodeNetwork network() {
    return network;
  }

  CassandraNode node(int number) {
    return nodes.get(number - 1);
  }

  /** An address for a keyspace in it. */
  public String address(String keyspace) {
    StringJoiner hosts = new StringJoiner(",");
    nodes.forEach(node -> hosts.add(node.host() + ":" + CQL));
    return "cassandra://" + hosts + "/" + keyspace + "?replication=3";
  }

  /** Waits until each node answers and knows that all others do. */
  void awaitWhole(String keyspace) throws IOException {
    long end = System.nanoTime() + PATIENCE;
    for (CassandraNode node : nodes) {
      while (!knowsAll(node, keyspace)) {
        if (System.nanoTime() > end) {
          throw new IOException(node.host() + " does not see all nodes");
        }
        LockSupport.parkNanos(500_000_000);
      }
    }
  }

  private static boolean knowsAll(CassandraNode node, String keyspace) {
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(node.host(), CQL))
            .withLocalDatacenter("datacenter1")
            .build()) {
      session.execute(
          SimpleStatement.newInstance("SELECT * FROM " + keyspace + ".schema_version")
              .setConsistencyLevel(DefaultConsistencyLevel.ALL)
              .setNode(
                  session
                      .getMetadata()
                      .findNode(new InetSocketAddress(node.host(), CQL))
                      .orElse(null))
              .setTimeout(Duration.ofSeconds(5)));
      return true;
    } catch (DriverException | IllegalStateException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    nodes.forEach(CassandraNode::close);
    network.close();
  }
}
