package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CassandraAddressTest {
  @Test
  void hostsPortsAndKeyspaceAreRead() {
    CassandraAddress address = CassandraAddress.parse("cassandra://a.example,10.0.0.2:9043/mail");
    assertEquals("a.example", address.nodes().get(0).getHostString());
    assertEquals(9042, address.nodes().get(0).getPort());
    assertEquals(9043, address.nodes().get(1).getPort());
    assertEquals("mail", address.keyspace());
    assertEquals("", address.datacenter());
    assertTrue(address.replication().isEmpty());
  }

  @Test
  void loginAndOptionsAreRead() {
    CassandraAddress address =
        CassandraAddress.parse("cassandra://me:p%40s+s@a/mail?datacenter=north&replication=5");
    assertEquals("me", address.user());
    assertEquals("p@s+s", address.password());
    assertEquals("north", address.datacenter());
    assertEquals(5, address.replication().orElse(0));
  }

  @Test
  void whatIsNoAddressIsRefusedWithoutTellingThePassword() {
    for (String wrong :
        List.of(
            "cassandra:mail",
            "cassandra://host",
            "cassandra://host/Mail",
            "cassandra://host/mail; DROP KEYSPACE x",
            "cassandra:///mail",
            "cassandra://host:port/mail",
            "cassandra://a,,b/mail",
            "cassandra://me@host/mail",
            "cassandra://host/mail?colour=red",
            "cassandra://host/mail?replication=many",
            "cassandra://me:secret@host/M")) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> CassandraAddress.parse(wrong), wrong);
      assertFalse(String.valueOf(refused.getMessage()).contains("secret"));
    }
  }
}
