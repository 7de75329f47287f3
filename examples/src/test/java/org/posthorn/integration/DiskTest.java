package org.posthorn.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.jdbc.SqliteStore;

/**
 * A server whose disk fills up or may no longer be written to: clients are refused in so many
 * words, and served again as soon as the disk is, without a restart. Needs to be root.
 */
class DiskTest {
  private static final int OCTETS = 16 << 20;
  private static final int PATIENCE_SECONDS = 30;
  private static final Setup SETUP = new Setup(Setup.Driver.JDK, Setup.Store.SQLITE);

  @TempDir Path place;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectories(place.resolve("mail/accounts"));
    assumeTrue(
        ran("mount", "-t", "tmpfs", "-o", "size=" + OCTETS, "tmpfs", disk.toString()),
        "no disk of a few megabytes can be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    ran("umount", "-l", disk.toString());
  }

  private static boolean ran(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  @Test
  void aFullDiskRefusesMailUntilThereIsSpace() throws Exception {
    byte[] message = message(100_000);
    byte[] large = message(600_000);
    try (TestServer server = TestServer.start(SETUP, disk);
        ImapClient alice = server.imap("alice");
        SmtpClient smtp = server.smtp()) {
      alice.ask("CREATE Archive");
      alice.append("INBOX", message);
      alice.append("INBOX", message);
      alice.ask("SELECT INBOX");
      Path other = fillUp();
      int kept = 2;
      String refused = alice.tryAppend("INBOX", message);
      for (; refused.startsWith("OK") && kept < 200; kept++) {
        refused = alice.tryAppend("INBOX", message);
      }
      assertTrue(refused.startsWith("NO [UNAVAILABLE] "), refused);
      int copied = 0;
      refused = alice.attempt("COPY 1:* Archive");
      for (; refused.startsWith("OK") && copied < 20_000; copied += kept) {
        refused = alice.attempt("COPY 1:* Archive");
      }
      assertTrue(refused.startsWith("NO [UNAVAILABLE] "), refused);
      assertStatus(alice, "Archive", copied);
      flag(alice, "NO [UNAVAILABLE] ");
      for (byte[] mail : List.of(message, large)) {
        String reply = smtp.trySend(TestServer.ALICE, mail);
        assertTrue(reply.startsWith("452 4.3.1 "), reply);
      }
      assertStatus(alice, "INBOX", kept);
      assertEquals(kept, alice.bodies().size());
      assertArrayEquals(message, alice.bodies().get(kept - 1));

      Files.delete(other);
      alice.append("INBOX", message);
      assertEquals("250", smtp.trySend(TestServer.ALICE, large).substring(0, 3));
      alice.ask("COPY 1 Archive");
      flag(alice, "nothing is refused");
      assertStatus(alice, "INBOX", kept + 2);
      assertStatus(alice, "Archive", copied + 1);
    }
    assertIsSound(disk);
  }

  @Test
  void aDiskThatMayOnlyBeReadRefusesChangesUntilItMayBeWritten() throws Exception {
    byte[] message = message(1_000);
    Path mail = place.resolve("mail");
    try (TestServer server = TestServer.start(SETUP, mail);
        ImapClient alice = server.imap("alice")) {
      alice.append("INBOX", message);
    }
    try (TestServer server = TestServer.start(SETUP, mail);
        ImapClient alice = server.imap("alice");
        SmtpClient smtp = server.smtp()) {
      assertTrue(ran("mount", "-o", "remount,ro", disk.toString()), "somebody writes there");
      for (String command : List.of("CREATE Archive", "SELECT INBOX", "STATUS INBOX (MESSAGES)")) {
        String refused = alice.attempt(command);
        assertTrue(refused.startsWith("NO [UNAVAILABLE] "), () -> command + ": " + refused);
      }
      String refused = alice.tryAppend("INBOX", message);
      assertTrue(refused.startsWith("NO [UNAVAILABLE] "), refused);
      String reply = smtp.trySend(TestServer.ALICE, message);
      assertTrue(reply.startsWith("451 4.3.2 "), reply);

      assertTrue(ran("mount", "-o", "remount,rw", disk.toString()));
      alice.ask("SELECT INBOX");
      alice.append("INBOX", message);
      assertEquals("250", smtp.trySend(TestServer.ALICE, message).substring(0, 3));
      flag(alice, "nothing is refused");
      assertStatus(alice, "INBOX", 3);
    }
    assertIsSound(mail);
  }

  /** Changes a flag if there is space enough; what was answered is what is so. */
  private static void flag(ImapClient client, String refusal) throws IOException {
    String outcome = client.attempt("STORE 1 +FLAGS (\\Flagged)");
    boolean done = outcome.startsWith("OK");
    assertTrue(done || outcome.startsWith(refusal), outcome);
    String flags = client.lines("FETCH 1 FLAGS").get(0);
    assertEquals(done, flags.contains("\\Flagged"), flags);
  }

  private static void assertStatus(ImapClient client, String mailbox, int messages)
      throws IOException {
    List<String> lines = client.lines("STATUS " + mailbox + " (MESSAGES)");
    String expected = "* STATUS " + mailbox + " (MESSAGES " + messages + ")";
    assertTrue(lines.contains(expected), () -> expected + ": " + lines);
  }

  private Path fillUp() throws IOException {
    Path other = disk.resolve("other");
    byte[] piece = new byte[4096];
    try (OutputStream out = Files.newOutputStream(other)) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException full) {
      return other;
    }
  }

  private static void assertIsSound(Path mail) throws Exception {
    try (SqliteStore store = SqliteStore.in(mail).open()) {
      assertEquals(List.of(), store.check("alice"));
    }
  }

  private static byte[] message(int octets) {
    String line = "x".repeat(62) + "\r\n";
    return ("Subject: large\r\n\r\n" + line.repeat(octets / line.length())).getBytes(US_ASCII);
  }
}
