package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

/** Users, quotas, POP3 and limits of {@code serve}. */
class ServeUsersTest {
  private static final String MESSAGE = "Subject: a\n\n" + "0123456789\n".repeat(100);

  @TempDir Path folder;

  @Test
  void aFullMailboxIsToldAtRcptAndAnotherMayHaveMore() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            "--smtp",
            "0",
            "--imap",
            "0",
            "--quota",
            "2K",
            "--quota-of",
            "bob=1M",
            "--user",
            "alice:a",
            "--user",
            "bob:b")) {
      assertEquals(
          "250", server.send("c@d.example", "alice@example.org", MESSAGE).split(" ", -1)[0]);
      try (Talk smtp = server.talk("smtp")) {
        smtp.ask("EHLO client.example");
        smtp.ask("MAIL FROM:<c@d.example> SIZE=1000");
        assertEquals("452 4.2.2 Mailbox full", smtp.ask("RCPT TO:<alice@example.org>"));
        assertEquals("250", smtp.ask("RCPT TO:<bob@example.org>").split(" ", -1)[0]);
        assertEquals("550 5.1.1", smtp.ask("RCPT TO:<nobody@example.org>").substring(0, 9));
      }
      try (Talk imap = server.talk("imap")) {
        imap.tagged("LOGIN alice a");
        String quota = imap.tagged("GETQUOTAROOT INBOX").toString();
        assertTrue(quota.matches(".*STORAGE [12] 2\\).*"), quota);
      }
    }
  }

  @Test
  void orTheSenderGivesUp() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            "--smtp",
            "0",
            "--quota-messages",
            "1",
            "--over-quota",
            "refuse",
            "--user",
            "alice:a")) {
      assertEquals(
          "250", server.send("c@d.example", "alice@example.org", MESSAGE).split(" ", -1)[0]);
      assertEquals(
          "552 5.2.2 Mailbox full", server.send("c@d.example", "alice@example.org", MESSAGE));
    }
  }

  @Test
  void theLargestMessageAndTheMostRecipients() throws Exception {
    try (RunningServer server =
            RunningServer.start(
                "--smtp",
                "0",
                "--imap",
                "0",
                "--max-message",
                "1K",
                "--max-recipients",
                "2",
                "--user",
                "a:a",
                "--user",
                "b:a",
                "--user",
                "c:a");
        Talk smtp = server.talk("smtp")) {
      assertTrue(smtp.all("EHLO x").stream().anyMatch(line -> line.endsWith("SIZE 1024")));
      assertEquals("552 5.3.4", smtp.ask("MAIL FROM:<> SIZE=1025").substring(0, 9));
      smtp.ask("MAIL FROM:<c@d.example>");
      smtp.ask("RCPT TO:<a@example.org>");
      smtp.ask("RCPT TO:<b@example.org>");
      assertEquals("452", smtp.ask("RCPT TO:<c@example.org>").substring(0, 3));
      smtp.ask("DATA");
      smtp.send(MESSAGE.replace("\n", "\r\n"));
      assertEquals("552 5.3.4", smtp.ask(".").substring(0, 9));
      try (Talk imap = server.talk("imap")) {
        assertTrue(imap.tagged("CAPABILITY").toString().contains("APPENDLIMIT=1024"));
      }
    }
  }

  @Test
  void pop3FetchesAndWhatDeleMeansIsTheProvidersWish() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            "--smtp",
            "0",
            "--pop3",
            "0",
            "--imap",
            "0",
            "--pop3-dele",
            "move:Fetched",
            "--user",
            "alice:a")) {
      server.send("c@d.example", "alice@example.org", MESSAGE);
      try (Talk pop3 = server.talk("pop3")) {
        pop3.ask("USER alice");
        pop3.ask("PASS a");
        assertEquals("+OK", pop3.ask("DELE 1").substring(0, 3));
        assertEquals("+OK", pop3.ask("QUIT").substring(0, 3));
      }
      assertEquals(List.of(), Talk.maildrop(server.port("pop3"), "alice", "a"));
      try (Talk imap = server.talk("imap")) {
        imap.tagged("LOGIN alice a");
        assertTrue(imap.tagged("STATUS Fetched (MESSAGES)").toString().contains("MESSAGES 1"));
      }
    }
  }

  @Test
  void aLoginTooSoonIsRefused() throws Exception {
    try (RunningServer server =
        RunningServer.start("--pop3", "0", "--pop3-login-delay", "600", "--user", "alice:a")) {
      assertEquals(List.of(), Talk.maildrop(server.port("pop3"), "alice", "a"));
      try (Talk pop3 = server.talk("pop3")) {
        pop3.send("CAPA");
        String line = pop3.line();
        StringBuilder capa = new StringBuilder();
        while (!line.equals(".")) {
          capa.append(line).append('|');
          line = pop3.line();
        }
        assertTrue(capa.toString().contains("|LOGIN-DELAY 600|"), capa.toString());
        pop3.ask("USER alice");
        assertTrue(pop3.ask("PASS a").startsWith("-ERR [LOGIN-DELAY]"));
      }
    }
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void usersOfAFileAreKeptByACommand() throws Exception {
    String file = folder.resolve("users").toString();
    assertEquals("0 ", passwd("s3cret\n", "--users-file", file, "alice"));
    assertEquals("2 posthorn-server: no password", passwd("\n", "--users-file", file, "bob"));
    assertFalse(Files.readString(Path.of(file)).contains("s3cret"));
    try (RunningServer server =
        RunningServer.start("--users-file", file, "--pop3", "0", "--smtp", "0")) {
      assertEquals(
          "250", server.send("c@d.example", "alice@example.org", MESSAGE).split(" ", -1)[0]);
      assertEquals(1, Talk.maildrop(server.port("pop3"), "alice", "s3cret").size());
      assertEquals("0 ", passwd("other\n", "--users-file", file, "alice"));
      assertEquals(1, Talk.maildrop(server.port("pop3"), "alice", "other").size());
      assertEquals("0 ", passwd("", "--users-file", file, "--delete", "alice"));
      assertThrows(
          java.io.IOException.class, () -> Talk.maildrop(server.port("pop3"), "alice", "other"));
    }
    assertEquals("1 no such user: alice", passwd("", "--users-file", file, "--delete", "alice"));
  }

  private static String passwd(String input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    StringWriter errors = new StringWriter();
    CommandLine line = PosthornServer.commandLine().setErr(new PrintWriter(errors));
    String[] all = new String[arguments.length + 1];
    all[0] = "passwd";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try {
      return line.execute(all) + " " + errors.toString().strip();
    } finally {
      System.setIn(before);
    }
  }
}
