package org.posthorn.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Two server processes on one database: who idles at one sees what is done at the other. */
class IdleOverPostgresTest {
  private static final int ROUNDS = 30;

  /** What is promised is a second; here others may keep the machine busy. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private ServerProcess serve(String name, String address) throws IOException {
    return ServerProcess.start(
        Files.createDirectories(folder.resolve(name)),
        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
        List.of("--store", address, "--imap", "0", "--user", "alice:secret", "--allow-plaintext"));
  }

  private static ImapClient select(ServerProcess server) throws IOException {
    ImapClient client = ImapClient.login(server.port("imap"), "alice", "secret");
    client.ask("SELECT INBOX");
    return client;
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void idleAtOneSeesWhatIsDoneAtTheOther(TestReporter reporter) throws Exception {
    try (EmbeddedPostgres database =
        EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start()) {
      String address =
          "postgresql://postgres:postgres@127.0.0.1:" + database.getPort() + "/postgres";
      List<Duration> waits = new ArrayList<>();
      try (ServerProcess one = serve("one", address);
          ServerProcess other = serve("other", address);
          ImapClient idling = select(one);
          ImapClient working = select(other)) {
        String idle = idling.send("IDLE");
        idling.expect("+");
        for (int round = 0; round < ROUNDS; round++) {
          working.append("INBOX", ("Subject: " + round + "\r\n\r\n").getBytes(US_ASCII));
          waits.add(awaited(idling, "* 1 EXISTS"));
          working.ask("STORE 1 +FLAGS.SILENT (\\Deleted)");
          working.ask("EXPUNGE");
          waits.add(awaited(idling, "* 1 EXPUNGE"));
        }
        idling.done(idle);
      }
      waits.sort(null);
      Duration median = waits.get(waits.size() / 2);
      Duration longest = waits.get(waits.size() - 1);
      reporter.publishEntry(
          "IDLE over two processes",
          "median " + median.toMillis() + " ms, longest " + longest.toMillis() + " ms");
      assertTrue(longest.compareTo(DEADLINE) < 0, "a change was seen after " + longest);
    }
  }

  /** Since the change was acknowledged at the other server. */
  private static Duration awaited(ImapClient idling, String response) throws IOException {
    long start = System.nanoTime();
    idling.expect(response);
    return since(start);
  }
}
