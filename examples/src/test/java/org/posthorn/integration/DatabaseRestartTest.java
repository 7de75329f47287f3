package org.posthorn.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.jdbc.PostgresStore;

/**
 * PostgreSQL is stopped while clients of a running server append and deliver, and started again:
 * they are refused for the time being, on the connections that they have, and nothing that was
 * acknowledged is lost.
 */
@Tag("long")
class DatabaseRestartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ENOUGH = 5;
  private static final String LINE = "x".repeat(70) + "\r\n";

  @TempDir Path folder;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Map<String, List<String>> refusals = new ConcurrentHashMap<>();
  private volatile boolean stop;

  /** Does something once and gives the answer to it. */
  private interface Sending {
    String send(byte[] message) throws IOException;
  }

  @Test
  void clientsAreRefusedUntilTheDatabaseIsBack() throws Exception {
    int port = freePort();
    EmbeddedPostgres database = start(port);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    String address =
        "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres?loginTimeout=2";
    try (TestServer server =
            TestServer.start(Setup.Driver.JDK, PostgresStore.at(address).open(), folder);
        ImapClient reader = server.imap("alice");
        ImapClient imap = server.imap("alice");
        SmtpClient smtp = server.smtp();
        SmtpClient large = server.smtp()) {
      reader.append("INBOX", "Subject: first\r\n\r\n".getBytes(US_ASCII));
      reader.ask("SELECT INBOX");
      List<Future<Boolean>> work =
          List.of(
              threads.submit(() -> work("imap", 1_000, "OK", m -> imap.tryAppend("INBOX", m))),
              threads.submit(
                  () -> work("smtp", 1_000, "250", m -> smtp.trySend(TestServer.ALICE, m))),
              threads.submit(
                  () -> work("large", 400_000, "250", m -> large.trySend(TestServer.ALICE, m))));
      await(() -> acknowledged.size() >= ENOUGH);
      database.close();
      await(() -> refusals.size() == work.size());
      for (String command : List.of("STATUS INBOX (UNSEEN)", "COPY 1 INBOX", "STORE 1 FLAGS ()")) {
        assertUnavailable(reader.attempt(command));
      }
      int before = acknowledged.size();
      database = start(port);
      await(() -> acknowledged.size() >= before + ENOUGH);
      stop = true;
      for (Future<Boolean> one : work) {
        assertTrue(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      refusals.get("imap").forEach(DatabaseRestartTest::assertUnavailable);
      for (String session : List.of("smtp", "large")) {
        refusals.get(session).forEach(DatabaseRestartTest::assertTriedAgainLater);
      }
      reader.ask("STORE 1 +FLAGS (\\Flagged)");
      reader.ask("NOOP");
      List<String> there = subjects(reader);
      for (String subject : acknowledged) {
        assertTrue(there.contains(subject), subject + " was acknowledged and is lost");
      }
      assertEquals(Set.copyOf(there).size(), there.size(), "something was stored twice");
    } finally {
      stop = true;
      threads.shutdownNow();
      database.close();
    }
  }

  private static void assertUnavailable(String outcome) {
    assertTrue(outcome.startsWith("NO [UNAVAILABLE] "), outcome);
  }

  private static void assertTriedAgainLater(String reply) {
    assertTrue(reply.startsWith("451 4.3.2 "), reply);
  }

  /** Sends message after message, each of a subject of its own. */
  private boolean work(String session, int octets, String taken, Sending sending)
      throws IOException {
    for (int number = 1; !stop; number++) {
      String subject = session + " " + number;
      String head = "Subject: " + subject + "\r\n\r\n";
      String answer = sending.send((head + LINE.repeat(octets / LINE.length())).getBytes(US_ASCII));
      if (answer.startsWith(taken)) {
        acknowledged.add(subject);
      } else {
        refusals.computeIfAbsent(session, s -> new ArrayList<>()).add(answer);
      }
    }
    return true;
  }

  private static List<String> subjects(ImapClient client) throws IOException {
    List<String> subjects = new ArrayList<>();
    for (ImapClient.Response response :
        client.ask("FETCH 1:* BODY.PEEK[HEADER.FIELDS (Subject)]")) {
      for (byte[] field : response.literals()) {
        subjects.add(new String(field, US_ASCII).trim().substring("Subject: ".length()));
      }
    }
    return subjects;
  }

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setPGStartupWait(PATIENCE)
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "it did not happen in time");
      LockSupport.parkNanos(5_000_000);
    }
  }
}
