package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Connects with a cluster and readies a keyspace of it. */
final class Cluster {
  private Cluster() {}

  static CqlSession connect(CassandraAddress address) {
    List<InetSocketAddress> nodes = new ArrayList<>();
    for (InetSocketAddress node : address.nodes()) {
      nodes.add(new InetSocketAddress(node.getHostString(), node.getPort()));
    }
    ProgrammaticDriverConfigLoaderBuilder options =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(12))
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(10))
            .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, Duration.ofSeconds(10))
            .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5))
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
            .withBoolean(DefaultDriverOption.NETTY_DAEMON, true)
            .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
            .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false);
    CqlSessionBuilder builder = CqlSession.builder().addContactPoints(nodes);
    if (address.datacenter().isEmpty()) {
      options.withString(
          DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, "DcInferringLoadBalancingPolicy");
    } else {
      builder.withLocalDatacenter(address.datacenter());
    }
    builder.withConfigLoader(options.build());
    if (!address.user().isEmpty()) {
      builder.withAuthCredentials(address.user(), address.password());
    }
    return builder.build();
  }

  /** Makes what is missing of the keyspace, and uses it. */
  static void prepare(CqlSession session, CassandraAddress address) {
    String datacenter = address.datacenter();
    for (Node node : session.getMetadata().getNodes().values()) {
      String its = node.getDatacenter();
      datacenter = datacenter.isEmpty() && its != null ? its : datacenter;
    }
    Schema.createKeyspace(
        session,
        address.keyspace(),
        "{'class': 'NetworkTopologyStrategy', '"
            + datacenter.replace("'", "''")
            + "': "
            + address.replication()
            + "}");
    Schema.useKeyspace(session, address.keyspace());
    Schema.migrate(session);
  }
}
