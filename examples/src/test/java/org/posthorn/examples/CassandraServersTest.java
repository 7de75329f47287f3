package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.cassandra.CassandraNode;

/** Two servers on one cluster. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class CassandraServersTest {
  private static final String MESSAGE = "Subject: hello\n\nOne line.\n";

  @Test
  void whatIsDoneThroughOneIsSeenThroughTheOther() throws Exception {
    String store = CassandraNode.shared().address("two_servers");
    try (RunningServer one = start(store);
        RunningServer other = start(store);
        Talk watching = other.talk("imap");
        Talk working = one.talk("imap")) {
      watching.tagged("LOGIN alice a");
      watching.tagged("SELECT INBOX");
      assertTrue(watching.ask("a IDLE").startsWith("+"));

      assertEquals("250", one.send("c@d.example", "alice@example.org", MESSAGE).split(" ", -1)[0]);
      assertEquals("* 1 EXISTS", watching.line());

      working.tagged("LOGIN alice a");
      working.tagged("SELECT INBOX");
      working.tagged("STORE 1 +FLAGS (\\Flagged)");
      assertTrue(lineWith(watching, "FETCH").contains("\\Flagged"));
      working.tagged("CREATE Kept");
      working.tagged("MOVE 1 Kept");
      assertEquals("* 1 EXPUNGE", lineWith(watching, "EXPUNGE"));

      assertTrue(watching.ask("DONE").startsWith("a OK"));
      assertEquals(
          List.of("* STATUS Kept (MESSAGES 1 UIDNEXT 2)"),
          watching.tagged("STATUS Kept (MESSAGES UIDNEXT)").stream()
              .filter(line -> line.startsWith("* STATUS"))
              .toList());
    }
  }

  private static RunningServer start(String store) throws Exception {
    return RunningServer.start("--store", store, "--imap", "0", "--smtp", "0", "--user", "alice:a");
  }

  private static String lineWith(Talk talk, String word) throws Exception {
    String line = talk.line();
    while (!line.contains(word)) {
      line = talk.line();
    }
    return line;
  }
}
