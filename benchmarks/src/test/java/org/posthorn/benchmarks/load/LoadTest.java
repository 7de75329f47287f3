package org.posthorn.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.benchmarks.peers.PosthornPeer;
import org.posthorn.server.MailServer;
import org.posthorn.store.StoreException;

/** Every scenario of the load generator comes to its end; what it measures is nobody's business. */
class LoadTest {
  private static MailServer server;

  @BeforeAll
  static void start() throws IOException, StoreException {
    server = PosthornPeer.start("memory", "store", "0", "0", "0");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Iterable<String> scenarios() {
    return Load.scenarios();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void runsOnce(String scenario) throws IOException {
    String protocol =
        scenario.startsWith("pop3") ? "pop3" : scenario.equals("smtp") ? "smtp" : "imap";
    String[] args = {
      "--scenario",
      scenario,
      "--port",
      String.valueOf(server.port(protocol)),
      "--imap-port",
      String.valueOf(server.port("imap")),
      "--user",
      "bench1",
      "--messages",
      "40",
      "--connections",
      "3",
      "--seconds",
      scenario.equals("idle") ? "0.2" : "0",
      "--warmup",
      "0"
    };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Load.run(args, new PrintStream(out, true, StandardCharsets.UTF_8));
    List<String> figures = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(figures.size() > 1, "figures: " + figures);
    for (String figure : figures) {
      assertEquals(scenario, figure.split("\t", -1)[0]);
      assertEquals(5, figure.split("\t", -1).length, figure);
    }
  }

  @Test
  void knowsTimesToThreePercent() {
    Histogram times = new Histogram();
    for (int i = 1; i <= 1000; i++) {
      times.add(i * 1_000L);
    }
    assertEquals(1000, times.count());
    assertEquals(500, times.micros(0.5), 500 * 0.03);
    assertEquals(990, times.micros(0.99), 990 * 0.03);
  }

  @Test
  void writesMessagesOfExactlyTheSize() {
    for (int octets : new int[] {1024, 4096, 10_240}) {
      assertEquals(octets, Mail.message(7, octets).remaining());
    }
  }
}
