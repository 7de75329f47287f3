package org.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testkit.KilledProcess;

/**
 * {@code kill -9} while mail is taken and sent. The number of kills is the system property {@code
 * posthorn.queue.kills}.
 */
@Tag("long")
class QueueKillTest {
  private static final int KILLS =
      Integer.getInteger("posthorn.queue.kills", Boolean.getBoolean("posthorn.soak") ? 100 : 4);

  /** As many as {@link NearServer} sends to one destination side by side. */
  private static final int UNDER_WAY = 2;

  @TempDir Path folder;
  private final Random random = new Random(4_711);

  @Test
  void whatWasTakenArrivesAndOnceButForWhatWasUnderWay() throws Exception {
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
    KilledProcess.run(
        SendingProcess.class,
        folder,
        Duration.ofMillis(200 + random.nextInt(800)),
        folder.toString(),
        Integer.toString(port),
        "g" + generation);
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
