package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Keyspaces of all ages become what a new one is, and their mail is there. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
@Tag("long")
class MigrationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What a store of today has written, in a keyspace that nothing else changes. */
  private static String now;

  @BeforeAll
  static void write() throws Exception {
    String address = TestKeyspace.fresh();
    try (CassandraStore store = CassandraStore.at(address).open()) {
      store.facet(AccountDirectory.class).orElseThrow().create("alice");
      TwoServers.append(store, TwoServers.INBOX, "Subject: 1\r\n\r\nold\r\n", "Subject: 2\r\n\r\n");
    }
    now = CassandraAddress.parse(address).keyspace();
  }

  private static void run(CqlSession session, String statement, Object... values) {
    session.execute(SimpleStatement.newInstance(statement, values).setTimeout(PATIENCE));
  }

  /** By table: columns with type and kind. */
  private static Map<String, Set<String>> columns(CqlSession session, String keyspace) {
    Map<String, Set<String>> columns = new TreeMap<>();
    for (Row row :
        session.execute(
            "SELECT table_name, column_name, type, kind FROM system_schema.columns"
                + " WHERE keyspace_name = ?",
            keyspace)) {
      columns
          .computeIfAbsent(row.getString("table_name"), table -> new TreeSet<>())
          .add(row.getString("column_name") + " " + row.getString("type") + " " + row.getString(3));
    }
    return columns;
  }

  private static int secondsThatTracesOfNotesStay(CqlSession session, String keyspace) {
    return session
        .execute(
            "SELECT gc_grace_seconds FROM system_schema.tables WHERE keyspace_name = ?"
                + " AND table_name = 'garbage'",
            keyspace)
        .one()
        .getInt(0);
  }

  /** Takes steps as they were taken once, and of the next one the first statements. */
  private static void take(CqlSession session, int steps, int statements) {
    if (steps > 0) {
      run(
          session,
          "CREATE TABLE schema_version (one int, version int, PRIMARY KEY (one, version))");
    }
    for (int step = 1; step <= steps; step++) {
      for (String statement : Schema.statements("schema-" + step + ".cql")) {
        run(session, statement);
      }
      run(session, "INSERT INTO schema_version (one, version) VALUES (1, ?)", step);
    }
    List<String> next = Schema.statements("schema-" + (steps + 1) + ".cql");
    next.subList(0, statements).forEach(statement -> run(session, statement));
  }

  /** Rows of another keyspace, as far as there are columns for them. */
  private static void copy(CqlSession session, String from, String to) {
    columns(session, to)
        .forEach(
            (table, columns) -> {
              List<String> names = new ArrayList<>();
              columns.forEach(column -> names.add(column.substring(0, column.indexOf(' '))));
              String list = String.join(", ", names);
              String marks = "?" + ", ?".repeat(names.size() - 1);
              if (!table.equals("schema_version")) {
                for (Row row : session.execute("SELECT " + list + " FROM " + from + "." + table)) {
                  List<Object> values = new ArrayList<>();
                  names.forEach(name -> values.add(row.getObject(name)));
                  run(
                      session,
                      "INSERT INTO " + table + " (" + list + ") VALUES (" + marks + ")",
                      values.toArray());
                }
              }
            });
  }

  private static String octets(Mailbox mailbox, long uid) throws Exception {
    try (MessageContent content = mailbox.content(uid)) {
      ByteBuffer octets = ByteBuffer.allocate((int) content.size());
      while (octets.hasRemaining() && content.read(octets.position(), octets) > 0) {}
      return new String(octets.array(), StandardCharsets.US_ASCII);
    }
  }

  private static void use(String address) throws Exception {
    try (CassandraStore store = CassandraStore.at(address).open();
        Account alice = store.open(Identity.owner("alice"));
        Mailbox inbox = alice.open(TwoServers.INBOX, Access.WRITE)) {
      assertEquals(UidSet.range(1, 2), inbox.snapshot().uids());
      assertEquals("Subject: 1\r\n\r\nold\r\n", octets(inbox, 1));
      inbox.storeFlags(
          UidSet.of(1), FlagChange.add(Flags.of(SystemFlag.SEEN)), OptionalLong.empty());
      assertEquals(2, inbox.snapshot().firstUnseenUid());
      assertEquals(
          UidSet.of(3), TwoServers.append(store, TwoServers.INBOX, "Subject: 3\r\n\r\n").uids());
      inbox.remove(UidSet.of(1));
      assertEquals(UidSet.range(2, 3), inbox.snapshot().uids());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 3", "2, 0", "2, 2", "3, 0", "3, 1"})
  void anOldKeyspaceIsBroughtUpToDateAndUsed(int steps, int statements) throws Exception {
    String address = TestKeyspace.fresh();
    String old = CassandraAddress.parse(address).keyspace();
    try (CqlSession session = Cluster.connect(CassandraAddress.parse(address), null)) {
      run(
          session,
          "CREATE KEYSPACE "
              + old
              + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
      run(session, "USE " + old);
      take(session, steps, statements);
      assertNotEquals(columns(session, now), columns(session, old));
      copy(session, now, old);
      use(address);
      assertEquals(columns(session, now), columns(session, old));
      assertEquals(3_600, secondsThatTracesOfNotesStay(session, old));
    }
  }

  @Test
  void aKeyspaceThatWasHardlyBegunIsMade() throws Exception {
    String address = TestKeyspace.fresh();
    String keyspace = CassandraAddress.parse(address).keyspace();
    try (CqlSession session = Cluster.connect(CassandraAddress.parse(address), null)) {
      run(
          session,
          "CREATE KEYSPACE "
              + keyspace
              + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
      run(session, "USE " + keyspace);
      take(session, 0, 3);
      CassandraStore.at(address).open().close();
      assertEquals(columns(session, now), columns(session, keyspace));
    }
  }

  /** Whichever node makes a table first, it is the same one. Newer servers may follow. */
  @Test
  void severalServersMakeTheSameTablesAndANewerVersionIsRefused() throws Exception {
    String address = TestKeyspace.fresh();
    String keyspace = CassandraAddress.parse(address).keyspace();
    ExecutorService crew = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> opened = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        opened.add(
            crew.submit(
                () -> {
                  CassandraStore.at(address).open().close();
                  return null;
                }));
      }
      for (Future<?> each : opened) {
        each.get();
      }
    } finally {
      crew.shutdownNow();
    }
    try (CqlSession session = Cluster.connect(CassandraAddress.parse(address), null)) {
      for (Row row :
          session.execute(
              "SELECT table_name, id FROM system_schema.tables WHERE keyspace_name = ?",
              keyspace)) {
        String name = "posthorn " + keyspace + "." + row.getString("table_name");
        assertEquals(
            UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), row.getUuid("id"));
      }
      run(
          session,
          "INSERT INTO " + keyspace + ".schema_version (one, version) VALUES (1, ?)",
          Schema.VERSION + 1);
    }
    StoreException refused =
        assertThrows(StoreException.class, () -> CassandraStore.at(address).open());
    assertEquals(StoreException.Code.CANNOT, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains("newer version of Posthorn"));
  }
}
