package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import com.datastax.oss.driver.internal.core.specex.ConstantSpeculativeExecutionPolicy;
import com.datastax.oss.driver.internal.core.specex.NoSpeculativeExecutionPolicy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.cassandra.driver.NearReplicas;
import org.posthorn.store.cassandra.driver.NoResend;

/** Connects with a cluster and readies a keyspace of it. */
final class Cluster {
  /** Profile of reads at the level of decisions: two at the same time would hinder each other. */
  static final String DECIDED = "decided";

  /** Profile of conditional batches: sent to one node, once. */
  static final String DECIDING = "deciding";

  /** Profile of the polls for changes: other nodes are asked sooner. */
  static final String POLLING = "polling";

  /** How long one try of what may be sent again takes; a node that is well answers far sooner. */
  private static final Duration TRY = Duration.ofSeconds(3);

  private static final Duration DECISION = Duration.ofSeconds(6);
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** A node that is silent for longer is asked, and given up where it does not answer in time. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  private static final Duration HEARTBEAT = Duration.ofSeconds(3);

  /** After so long another node is asked as well. */
  private static final Duration SECOND_NODE = Duration.ofMillis(300);

  private static final Duration SECOND_NODE_POLLED = Duration.ofMillis(120);
  private static final int NODES_ASKED = 3;

  /** Copies of everything where nobody asks for more. */
  private static final int MOST_COPIES = 3;

  private Cluster() {}

  static CqlSession connect(CassandraAddress address, @Nullable SSLContext ssl) {
    List<InetSocketAddress> nodes = new ArrayList<>();
    for (InetSocketAddress node : address.nodes()) {
      nodes.add(new InetSocketAddress(node.getHostString(), node.getPort()));
    }
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoints(nodes)
            .withClassLoader(Cluster.class.getClassLoader())
            .withConfigLoader(configuration(address));
    if (!address.user().isEmpty()) {
      builder.withAuthCredentials(address.user(), address.password());
    }
    if (ssl != null) {
      builder.withSslEngineFactory(new ProgrammaticSslEngineFactory(ssl, null, true, false));
    }
    return builder.build();
  }

  private static DriverConfigLoader configuration(CassandraAddress address) {
    ProgrammaticDriverConfigLoaderBuilder options =
        DriverConfigLoader.programmaticBuilder(Cluster.class.getClassLoader())
            // Of 5 the driver leaves two octets of each timeout of a decision unread, takes them
            // for
            // the next answer and gives the connection up, with all that is under way on it.
            .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, TRY)
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, CONNECT)
            .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, CONNECT)
            .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, CONNECT)
            .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, SILENCE)
            .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, HEARTBEAT)
            .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5))
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
            .withBoolean(DefaultDriverOption.NETTY_DAEMON, true)
            .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
            // Else it waits for all nodes, the dead ones too; each learns a statement when it
            // comes.
            .withBoolean(DefaultDriverOption.PREPARE_ON_ALL_NODES, false)
            // Which node has what is asked for once the tables are there.
            .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
            .withStringList(
                DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES,
                List.of(address.keyspace()))
            .withClass(DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, NearReplicas.class)
            .withClass(
                DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
                ConstantSpeculativeExecutionPolicy.class)
            .withInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX, NODES_ASKED)
            .withDuration(DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY, SECOND_NODE);
    if (!address.datacenter().isEmpty()) {
      options.withString(DefaultDriverOption.LOAD_BALANCING_LOCAL_DATACENTER, address.datacenter());
    }
    return options
        .startProfile(DECIDED)
        .withClass(
            DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
            NoSpeculativeExecutionPolicy.class)
        .startProfile(DECIDING)
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, DECISION)
        .withClass(
            DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
            NoSpeculativeExecutionPolicy.class)
        .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, NoResend.class)
        .startProfile(POLLING)
        .withDuration(DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY, SECOND_NODE_POLLED)
        .build();
  }

  /** Where this server is: as it was told, else where the driver finds the hosts of the address. */
  static String datacenter(CassandraAddress address, Collection<Node> nodes) throws StoreException {
    if (!address.datacenter().isEmpty()) {
      return address.datacenter();
    }
    for (Node node : nodes) {
      String its = node.getDatacenter();
      if (node.getDistance() == NodeDistance.LOCAL && its != null) {
        return its;
      }
    }
    throw new StoreException(Code.UNAVAILABLE, "no node of the cluster tells its data centre");
  }

  /** As it was told, else three where the data centre has as many nodes. */
  static int replication(CassandraAddress address, Collection<Node> nodes, String datacenter) {
    int there = 0;
    for (Node node : nodes) {
      if (datacenter.equals(node.getDatacenter())) {
        there++;
      }
    }
    return address.replication().orElse(Math.max(1, Math.min(MOST_COPIES, there)));
  }

  /** Makes what is missing of the keyspace, and uses it. */
  static void prepare(CqlSession session, CassandraAddress address) throws StoreException {
    Collection<Node> nodes = session.getMetadata().getNodes().values();
    String datacenter = datacenter(address, nodes);
    Schema.createKeyspace(
        session,
        address.keyspace(),
        "{'class': 'NetworkTopologyStrategy', '"
            + datacenter.replace("'", "''")
            + "': "
            + replication(address, nodes, datacenter)
            + "}");
    Schema.useKeyspace(session, address.keyspace());
    Schema.migrate(session, address.keyspace());
    Schema.settle(session, address.keyspace(), datacenter);
    if (!session.isSchemaMetadataEnabled()) {
      session.setSchemaMetadataEnabled(true);
    }
  }
}
