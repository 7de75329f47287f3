package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Keyspaces of the shared node. */
final class TestKeyspace {
  private static int made;

  private TestKeyspace() {}

  private static final class Session {
    static final CqlSession OPEN = open();

    private static CqlSession open() {
      CassandraNode node = CassandraNode.shared();
      return CqlSession.builder()
          .addContactPoint(new InetSocketAddress(node.host(), node.cqlPort()))
          .withLocalDatacenter("datacenter1")
          .withConfigLoader(
              DriverConfigLoader.programmaticBuilder()
                  .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(60))
                  .build())
          .build();
    }
  }

  /** The address of a keyspace that nobody used. */
  static synchronized String fresh() {
    return CassandraNode.shared().address("mail_" + ++made);
  }

  /** The address of the one keyspace that this empties; the quicker way to start anew. */
  static synchronized String emptied() {
    for (Row table :
        Session.OPEN.execute(
            "SELECT table_name FROM system_schema.tables WHERE keyspace_name = 'emptied'")) {
      String name = table.getString("table_name");
      if (!"schema_version".equals(name)) {
        Session.OPEN.execute(SimpleStatement.newInstance("TRUNCATE emptied." + name));
      }
    }
    return CassandraNode.shared().address("emptied");
  }
}
