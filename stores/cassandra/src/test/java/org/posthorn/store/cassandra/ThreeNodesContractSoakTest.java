package org.posthorn.store.cassandra;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.cassandra.faults.ThreeNodes;

/** The whole contract on three nodes, each of which has everything. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "real nodes run with -Pcassandra")
@Tag("soak")
class ThreeNodesContractSoakTest extends CassandraContractTest {
  @TempDir private static Path directory;
  private static ThreeNodes nodes;

  @BeforeAll
  static void start() throws Exception {
    nodes = new ThreeNodes(directory);
    nodes.start();
    TestKeyspace.on(nodes::address);
  }

  @AfterAll
  static void stop() {
    TestKeyspace.on(name -> CassandraNode.shared().address(name));
    nodes.close();
  }
}
