package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.testkit.GeneratedMail;
import org.posthorn.testkit.MailGenerator;

/** A server over SQLite is stopped and started again, and everything is still there. */
class RestartTest {
  private static final List<GeneratedMail> MAILS = new MailGenerator(3).first(12);

  /** What a session sees of all there is. */
  private static final List<String> LOOKS =
      List.of(
          "LIST \"\" *",
          "LSUB \"\" *",
          "STATUS INBOX (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN)",
          "STATUS Work/2026 (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)",
          "EXAMINE INBOX",
          "FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)",
          "EXAMINE Work/2026",
          "FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Setup.Driver.class)
  void everythingIsStillThere(Setup.Driver driver) throws Exception {
    Setup setup = new Setup(driver, Setup.Store.SQLITE);
    List<String> before;
    try (TestServer server = TestServer.start(setup, folder)) {
      fill(server);
      before = look(server);
    }
    try (TestServer server = TestServer.start(setup, folder)) {
      assertEquals(before, look(server));
      try (ImapClient alice = server.imap("alice")) {
        alice.ask("EXAMINE INBOX");
        List<byte[]> bodies = alice.bodies();
        assertEquals(MAILS.size() - 1, bodies.size());
        for (int i = 1; i < bodies.size(); i++) {
          assertArrayEquals(MAILS.get(i + 1).octets(), bodies.get(i));
        }
      }
    }
  }

  private static void fill(TestServer server) throws Exception {
    try (ImapClient alice = server.imap("alice")) {
      for (GeneratedMail mail : MAILS) {
        alice.append("INBOX", mail.octets());
      }
      alice.ask("CREATE Work/2026");
      alice.ask("SUBSCRIBE Work/2026");
      alice.ask("SELECT INBOX");
      alice.ask("STORE 2 +FLAGS (\\Seen $Label1)");
      alice.ask("STORE 3 +FLAGS (\\Flagged \\Answered)");
      alice.ask("COPY 3:4 Work/2026");
      alice.ask("MOVE 2 Work/2026");
    }
  }

  private static List<String> look(TestServer server) throws Exception {
    List<String> seen = new ArrayList<>();
    try (ImapClient alice = server.imap("alice")) {
      for (String command : LOOKS) {
        for (ImapClient.Response response : alice.ask(command)) {
          seen.add(response.text());
          response.literals().forEach(literal -> seen.add(literal.length + " octets"));
        }
      }
    }
    return seen;
  }
}
