package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.store.StoreException;

/** Where a server is, and how often a new keyspace keeps everything. */
class ClusterTest {
  private static final CassandraAddress PLAIN = CassandraAddress.parse("cassandra://a,b/mail");

  private static Node node(String datacenter, NodeDistance distance) {
    return (Node)
        Proxy.newProxyInstance(
            Node.class.getClassLoader(),
            new Class<?>[] {Node.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getDatacenter" -> datacenter;
                  case "getDistance" -> distance;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static List<Node> nodes(int north, int south) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < north; i++) {
      nodes.add(node("north", NodeDistance.IGNORED));
    }
    for (int i = 0; i < south; i++) {
      nodes.add(node("south", NodeDistance.LOCAL));
    }
    return nodes;
  }

  @Test
  void aServerIsWhereTheDriverFindsTheHostsOfItsAddressUnlessItIsToldOtherwise() throws Exception {
    assertEquals("south", Cluster.datacenter(PLAIN, nodes(3, 3)));
    CassandraAddress told = CassandraAddress.parse("cassandra://a/mail?datacenter=north");
    assertEquals("north", Cluster.datacenter(told, nodes(3, 3)));
    assertThrows(StoreException.class, () -> Cluster.datacenter(PLAIN, nodes(3, 0)));
  }

  @Test
  void aNewKeyspaceHasThreeCopiesWhereverThereAreThreeNodes() {
    assertEquals(3, Cluster.replication(PLAIN, nodes(1, 3), "south"));
    assertEquals(3, Cluster.replication(PLAIN, nodes(1, 9), "south"));
    assertEquals(2, Cluster.replication(PLAIN, nodes(3, 2), "south"));
    assertEquals(1, Cluster.replication(PLAIN, nodes(3, 1), "south"));
    CassandraAddress told = CassandraAddress.parse("cassandra://a/mail?replication=5");
    assertEquals(5, Cluster.replication(told, nodes(0, 3), "south"));
  }
}
