package org.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue that an earlier release left behind. */
class QueueUpgradeTest {
  @TempDir Path folder;

  private void leaveBehind(String message) throws Exception {
    Path directory = Files.createDirectories(folder.resolve("queue"));
    String script;
    try (InputStream in = Queue.class.getResourceAsStream("queue-1.sql")) {
      script = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    try (Connection db =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("queue.db"));
        Statement statement = db.createStatement()) {
      statement.executeUpdate(script);
      statement.executeUpdate(
          "INSERT INTO message (id, sender, parameters, arrived, size) VALUES"
              + " (7, '"
              + NearServer.ALICE
              + "', 'BODY=8BITMIME', 1000, "
              + message.length()
              + ")");
      statement.executeUpdate(
          "INSERT INTO recipient (message, address, parameters, destination, next_attempt) VALUES"
              + " (7, 'bob@far.example', 'NOTIFY=NEVER', 'far.example', 1000)");
      try (PreparedStatement chunk = db.prepareStatement("INSERT INTO chunk VALUES (7, 0, ?)")) {
        chunk.setBytes(1, message.getBytes(StandardCharsets.US_ASCII));
        chunk.executeUpdate();
      }
      statement.executeUpdate("PRAGMA user_version = 1");
    }
  }

  @Test
  void isSentAsIfNothingHadHappened() throws Exception {
    leaveBehind(NearServer.MESSAGE);
    try (NearServer near = new NearServer(folder);
        FarServer far = FarServer.start("127.0.0.1", 0)) {
      near.dns().mx("far.example", 10, "localhost").a("localhost", "127.0.0.1");
      near.open(NearServer.QUICK, near.router(far.port()));
      near.awaitEmpty();
      assertEquals(1, far.messages.size());
      assertEquals(NearServer.MESSAGE, far.messages.get(0));
      assertTrue(far.envelopes.get(0).contains("bob@far.example {BODY=8BITMIME}"));
    }
  }
}
