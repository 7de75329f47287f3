package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one session changes the other sees, at NOOP and in IDLE. */
class TwoSessionsTest {
  /** What a session in IDLE may wait for news. */
  private static final int IDLE_MILLIS = 1_000;

  private static final byte[] MESSAGE =
      "Subject: hello\r\n\r\nHello.\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  static Stream<Setup> all() {
    return Setup.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void atNoop(Setup setup) throws Exception {
    try (TestServer server = TestServer.start(setup, folder);
        ImapClient actor = server.imap("alice");
        ImapClient witness = server.imap("alice")) {
      begin(actor, witness);
      actor.append("INBOX", MESSAGE);
      actor.append("INBOX", MESSAGE);
      assertTrue(witness.lines("NOOP").contains("* 2 EXISTS"));
      actor.ask("STORE 1 +FLAGS (\\Flagged)");
      assertTrue(has(witness.lines("NOOP"), "* 1 FETCH ", "\\Flagged"));
      actor.ask("MOVE 1 Archive");
      assertTrue(witness.lines("NOOP").contains("* 1 EXPUNGE"));
      actor.ask("STORE 1 +FLAGS (\\Deleted)");
      actor.ask("EXPUNGE");
      assertTrue(witness.lines("NOOP").contains("* 1 EXPUNGE"));
      assertEquals(
          List.of("* STATUS Archive (MESSAGES 1)"), witness.lines("STATUS Archive (MESSAGES)"));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void inIdle(Setup setup) throws Exception {
    try (TestServer server = TestServer.start(setup, folder);
        ImapClient actor = server.imap("alice");
        ImapClient witness = server.imap("alice")) {
      begin(actor, witness);
      String idle = witness.send("IDLE");
      witness.expect("+");
      actor.append("INBOX", MESSAGE);
      told(witness, "* 1 EXISTS");
      actor.ask("STORE 1 +FLAGS (\\Flagged)");
      assertTrue(told(witness, "* 1 FETCH ").contains("\\Flagged"));
      actor.ask("MOVE 1 Archive");
      told(witness, "* 1 EXPUNGE");
      try (SmtpClient smtp = server.smtp()) {
        smtp.send(TestServer.ALICE, MESSAGE);
      }
      told(witness, "* 1 EXISTS");
      actor.ask("NOOP");
      actor.ask("STORE 1 +FLAGS (\\Deleted)");
      actor.ask("EXPUNGE");
      told(witness, "* 1 EXPUNGE");
      witness.done(idle);
    }
  }

  /** Both select INBOX; the mailbox that messages move to is there. */
  private static void begin(ImapClient actor, ImapClient witness) throws IOException {
    actor.ask("CREATE Archive");
    actor.ask("SELECT INBOX");
    witness.ask("SELECT INBOX");
  }

  private static String told(ImapClient witness, String begin) throws IOException {
    witness.socket().patience(IDLE_MILLIS);
    String line = witness.expect(begin);
    witness.socket().patience(TestServer.PATIENCE_MILLIS);
    return line;
  }

  private static boolean has(List<String> lines, String begin, String part) {
    return lines.stream().anyMatch(line -> line.startsWith(begin) && line.contains(part));
  }
}
