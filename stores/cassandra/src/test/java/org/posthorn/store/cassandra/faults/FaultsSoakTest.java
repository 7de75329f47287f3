package org.posthorn.store.cassandra.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.cassandra.CassandraNode;
import org.posthorn.store.cassandra.CassandraStore;

/**
 * Nothing that two servers acknowledged is lost while nodes fail, and nearly everything is answered
 * while one of three is down. {@code posthorn.faults.seconds} says how long, {@code
 * posthorn.faults.directory} where history and logs go.
 */
@Tag("soak")
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "real nodes run with -Pcassandra")
class FaultsSoakTest {
  private static final int SESSIONS = 8;
  private static final String KEYSPACE = "faults";
  private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(3);

  @Test
  void nothingAcknowledgedIsLostWhileNodesFail() throws Exception {
    String named = System.getProperty("posthorn.faults.directory", "target/faults");
    Path directory = Files.createDirectories(Path.of(named).toAbsolutePath());
    Path file = directory.resolve("history.txt");
    Path nodes = directory.resolve("nodes");
    CassandraNode.remove(nodes);
    try (Recorder recorder = new Recorder(file);
        ThreeNodes cluster = new ThreeNodes(nodes)) {
      cluster.start();
      String address = cluster.address(KEYSPACE);
      prepare(address);
      cluster.awaitWhole(KEYSPACE);
      try (LoadedServer one = LoadedServer.start(address, directory.resolve("server1.log"));
          LoadedServer other = LoadedServer.start(address, directory.resolve("server2.log"))) {
        load(recorder, cluster, List.of(one, other));
        assertTrue(one.isAlive() && other.isAlive(), "a server died");
        Reader.read(recorder, other.port(), LoadSession.MAILBOXES);
      }
      List<Event> events = recorder.events();
      Summary summary = Summary.of(events);
      System.out.print(summary.text());
      recorder.refusals().forEach((answer, times) -> System.out.println(times + " " + answer));
      System.out.println("the history is in " + file);
      assertEquals(List.of(), HistoryChecker.check(events));
      assertEquals(List.of(), summary.shortfalls());
    }
  }

  private static void prepare(String address) throws Exception {
    try (CassandraStore store = CassandraStore.at(address).open()) {
      store.facet(AccountDirectory.class).orElseThrow().create("soak");
      try (Account account = store.open(Identity.owner("soak"))) {
        for (String mailbox : LoadSession.MAILBOXES) {
          account.create(MailboxName.of(mailbox), Set.of());
        }
        account.create(MailboxName.of("bell1"), Set.of());
        account.create(MailboxName.of("bell2"), Set.of());
      }
    }
  }

  private static void load(Recorder recorder, ThreeNodes cluster, List<LoadedServer> servers)
      throws Exception {
    List<LoadSession> sessions = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      int port = servers.get(i % servers.size()).port();
      LoadSession session = new LoadSession(recorder, "s" + i, port, i);
      sessions.add(session);
      threads.add(new Thread(session, "session-" + i));
    }
    try (Bell there = new Bell(recorder, "bell1", servers.get(0).port(), servers.get(1).port());
        Bell back = new Bell(recorder, "bell2", servers.get(1).port(), servers.get(0).port())) {
      there.start();
      back.start();
      threads.forEach(Thread::start);
      new Faults(cluster, servers, recorder, KEYSPACE)
          .run(Long.getLong("posthorn.faults.seconds", 600));
      for (Bell bell : List.of(there, back)) {
        if (bell.failure() != null) {
          throw new AssertionError(bell.failure());
        }
      }
    } finally {
      sessions.forEach(LoadSession::stop);
      for (Thread thread : threads) {
        thread.join(PATIENCE_MILLIS);
      }
    }
    for (LoadSession session : sessions) {
      if (session.failure() != null) {
        throw new AssertionError(session.failure());
      }
    }
    // Nothing fails any more: a refusal would be a fault of ours.
    for (LoadSession session : sessions) {
      session.finish();
    }
  }
}
