package org.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} while mail is taken and sent. The number of kills is the system property {@code
 * posthorn.kills}.
 */
class QueueKillTest {
  private static final int KILLS =
      Integer.getInteger("posthorn.kills", Boolean.getBoolean("posthorn.soak") ? 100 : 4);

  /** As many as {@link NearServer} sends to one destination side by side. */
  private static final int UNDER_WAY = 2;

  @TempDir Path folder;
  private final Random random = new Random(4_711);

  @Test
  void whatWasTakenArrivesAndOnceButForWhatWasUnderWay() throws Exception {
    Files.createDirectories(folder.resolve("native"));
    try (FarServer far = FarServer.start("127.0.0.1", 0)) {
      for (int generation = 0; generation < KILLS; generation++) {
        storm(far.port(), generation);
      }
      try (NearServer near = new NearServer(folder)) {
        near.open(NearServer.QUICK, SendingProcess.router(far.port()));
        near.queue().hurry();
        near.awaitEmpty();
        assertEquals(List.of(), near.inbox());
      }
      check(far);
    }
  }

  private void storm(int port, int generation) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.tmpdir=" + folder.resolve("native"),
                "-cp",
                System.getProperty("java.class.path"),
                SendingProcess.class.getName(),
                folder.toString(),
                Integer.toString(port),
                "g" + generation)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      assertEquals("ready", out.readLine());
      boolean ended = process.waitFor(200 + random.nextInt(800), TimeUnit.MILLISECONDS);
      assertTrue(!ended, "the process ended by itself");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void check(FarServer far) throws IOException {
    Map<String, Integer> arrived = new HashMap<>();
    for (String message : far.messages) {
      int at = message.indexOf("Subject: ") + 9;
      arrived.merge(message.substring(at, message.indexOf('\r', at)), 1, Integer::sum);
      assertTrue(message.endsWith("x\r\n"), "a message was cut off");
    }
    Set<String> lost =
        new HashSet<>(
            Files.readAllLines(SendingProcess.journal(folder), StandardCharsets.US_ASCII));
    assertTrue(lost.size() > KILLS, "the storm did nothing");
    lost.removeAll(arrived.keySet());
    assertEquals(Set.of(), lost);
    int doubles = arrived.values().stream().mapToInt(count -> count - 1).sum();
    assertTrue(doubles <= KILLS * UNDER_WAY, doubles + " messages came twice");
  }
}
