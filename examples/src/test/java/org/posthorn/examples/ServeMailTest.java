package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where {@code serve} lets mail go. */
class ServeMailTest {
  private static final String MESSAGE =
      """
      From: carol@d.example
      To: alice@example.org
      Subject: Lunch
      Message-ID: <1@d.example>

      Hi.\
      """;

  @TempDir Path folder;

  /** RFC 5321 section 4.5.1. */
  @Test
  void mailForPostmasterIsAlwaysTaken() throws Exception {
    try (RunningServer server =
        RunningServer.start("--smtp", "0", "--pop3", "0", "--user", "alice:a", "--user", "bob:b")) {
      for (String to : List.of("Postmaster", "postmaster@example.org", "POSTMASTER@EXAMPLE.ORG")) {
        assertEquals("250", server.send("c@d.example", to, MESSAGE).split(" ", -1)[0]);
      }
      assertEquals(3, Talk.maildrop(server.port("pop3"), "alice", "a").size());
    }
    try (RunningServer server =
        RunningServer.start(
            "--smtp",
            "0",
            "--pop3",
            "0",
            "--user",
            "alice:a",
            "--user",
            "bob:b",
            "--postmaster",
            "bob")) {
      assertEquals("250", server.send("c@d.example", "postmaster", MESSAGE).split(" ", -1)[0]);
      assertEquals(1, Talk.maildrop(server.port("pop3"), "bob", "b").size());
    }
  }

  @Test
  void aliasesCatchAllsForwardsDetailsAndRefusals() throws Exception {
    Path routes = folder.resolve("routes");
    Files.writeString(routes, "refuse gone@example.org No more here\n");
    try (RunningServer server =
        RunningServer.start(
            "--smtp",
            "0",
            "--pop3",
            "0",
            "--imap",
            "0",
            "--user",
            "alice:a",
            "--user",
            "bob:b",
            "--alias",
            "sales@example.org=alice@example.org,bob@example.org",
            "--catch-all",
            "bob@example.org",
            "--forward",
            "carol@example.org=alice@example.org",
            "--forward-copy",
            "alice@example.org=bob@example.org",
            "--routes",
            routes.toString(),
            "--details",
            "folder",
            "--missing-folder",
            "created")) {
      for (String to : List.of("sales", "whoever", "carol", "alice+Lists")) {
        assertEquals(
            "250", server.send("c@d.example", to + "@example.org", MESSAGE).split(" ", -1)[0]);
      }
      assertEquals(
          "550 5.2.1 No more here", server.send("c@d.example", "gone@example.org", MESSAGE));
      assertEquals(2, Talk.maildrop(server.port("pop3"), "alice", "a").size(), "sales, carol");
      assertEquals(4, Talk.maildrop(server.port("pop3"), "bob", "b").size(), "all of them");
      try (Talk imap = server.talk("imap")) {
        imap.tagged("LOGIN alice a");
        assertTrue(imap.tagged("STATUS Lists (MESSAGES)").toString().contains("MESSAGES 1"));
      }
    }
  }

  @Test
  void rulesAndAutomaticAnswersOfUsers() throws Exception {
    Files.writeString(
        folder.resolve("alice.rules"), "if header Subject contains invoice then file Bills\n");
    Files.writeString(folder.resolve("alice.vacation"), "subject: Away\n\nBack in March.\n");
    String[] options = {
      "--smtp",
      "0",
      "--pop3",
      "0",
      "--imap",
      "0",
      "--user",
      "alice:a",
      "--user",
      "bob:b",
      "--rules",
      folder.toString(),
      "--vacations",
      folder.toString(),
      "--missing-folder",
      "created",
      "--store",
      "sqlite:" + folder.resolve("mail")
    };
    try (RunningServer server = RunningServer.start(options)) {
      server.send("bob@example.org", "alice@example.org", MESSAGE.replace("Lunch", "Your invoice"));
      server.send("bob@example.org", "alice@example.org", MESSAGE);
      server.send("", "alice@example.org", MESSAGE);
      try (Talk imap = server.talk("imap")) {
        imap.tagged("LOGIN alice a");
        assertTrue(imap.tagged("STATUS Bills (MESSAGES)").toString().contains("MESSAGES 1"));
      }
      assertEquals(2, Talk.maildrop(server.port("pop3"), "alice", "a").size());
      List<String> answers = Talk.maildrop(server.port("pop3"), "bob", "b");
      assertEquals(1, answers.size());
      String answer = answers.get(0);
      assertTrue(answer.startsWith("Return-Path: <>\n"), answer);
      assertTrue(answer.contains("\nAuto-Submitted: auto-replied\n"), answer);
      assertTrue(answer.contains("\nSubject: Away\n"), answer);
    }
    try (RunningServer server = RunningServer.start(options)) {
      server.send("bob@example.org", "alice@example.org", MESSAGE);
      assertEquals(3, Talk.maildrop(server.port("pop3"), "alice", "a").size());
      assertEquals(1, Talk.maildrop(server.port("pop3"), "bob", "b").size(), "once in seven days");
    }
  }

  @Test
  void mailForOthersGoesThroughASmartHostAndComesBackIfItMust() throws Exception {
    try (RunningServer next =
            RunningServer.start(
                "--smtp", "0", "--pop3", "0", "--domain", "far.example", "--user", "zoe:z");
        RunningServer server =
            RunningServer.start(
                "--submission",
                "0",
                "--pop3",
                "0",
                "--user",
                "alice:a",
                "--hostname",
                "mx.example.org",
                "--relay",
                "127.0.0.1:" + next.port("smtp"),
                "--retry",
                "1",
                "--trace",
                "user")) {
      String message = MESSAGE.replace("carol@d.example", "alice@example.org");
      try (Talk submission = server.talk("submission").login("alice", "a")) {
        assertEquals(
            "250",
            submission.again("alice@example.org", "zoe@far.example", message).split(" ", -1)[0]);
        assertEquals(
            "250",
            submission.again("alice@example.org", "nobody@far.example", message).split(" ", -1)[0]);
        assertEquals("553", submission.ask("MAIL FROM:<zoe@far.example>").split(" ", -1)[0]);
      }
      List<String> arrived = Talk.awaitSize(1, () -> Talk.maildrop(next.port("pop3"), "zoe", "z"));
      assertTrue(arrived.get(0).contains("(authenticated as alice)"), arrived.get(0));
      List<String> back = Talk.awaitSize(1, () -> Talk.maildrop(server.port("pop3"), "alice", "a"));
      assertTrue(back.get(0).startsWith("Return-Path: <>\n"), back.get(0));
      assertTrue(
          back.get(0).contains("\nFinal-Recipient: rfc822; nobody@far.example\n"), back.get(0));
      assertTrue(back.get(0).contains("\nStatus: 5.1.1\n"), back.get(0));
    }
  }

  @ParameterizedTest
  @CsvSource({"--give-up, Action: failed", "--delay-notice, Action: delayed"})
  void whatCannotBeSentIsToldInTime(String option, String told) throws Exception {
    int nobodyThere;
    try (ServerSocket free = new ServerSocket(0)) {
      nobodyThere = free.getLocalPort();
    }
    try (RunningServer server =
        RunningServer.start(
            "--submission",
            "0",
            "--pop3",
            "0",
            "--user",
            "alice:a",
            "--relay",
            "127.0.0.1:" + nobodyThere,
            "--retry",
            "1",
            option,
            "1")) {
      try (Talk submission = server.talk("submission").login("alice", "a")) {
        submission.again(
            "alice@example.org",
            "zoe@far.example",
            MESSAGE.replace("carol@d.example", "alice@example.org"));
      }
      List<String> back = Talk.awaitSize(1, () -> Talk.maildrop(server.port("pop3"), "alice", "a"));
      assertTrue(back.get(0).contains("\n" + told + "\n"), back.get(0));
    }
  }

  @Test
  void outsideMailboxesAreFetchedThroughTheSameChecks() throws Exception {
    try (RunningServer outside =
        RunningServer.start("--smtp", "0", "--pop3", "0", "--imap", "0", "--user", "zoe:z@1")) {
      outside.send("c@d.example", "zoe@example.org", MESSAGE);
      try (RunningServer server =
          RunningServer.start(
              "--pop3",
              "0",
              "--user",
              "alice:a",
              "--user",
              "bob:b",
              "--collect-every",
              "1",
              "--collect-keep",
              "forever",
              "--collect",
              "pop3://zoe:z%401@127.0.0.1:" + outside.port("pop3") + "=alice@example.org",
              "--collect",
              "imap://zoe:z%401@127.0.0.1:" + outside.port("imap") + "/INBOX=bob@example.org")) {
        Talk.awaitSize(1, () -> Talk.maildrop(server.port("pop3"), "alice", "a"));
        Talk.awaitSize(1, () -> Talk.maildrop(server.port("pop3"), "bob", "b"));
        outside.send("c@d.example", "zoe@example.org", MESSAGE);
        assertEquals(
            2, Talk.awaitSize(2, () -> Talk.maildrop(server.port("pop3"), "alice", "a")).size());
        assertEquals(
            2, Talk.awaitSize(2, () -> Talk.maildrop(server.port("pop3"), "bob", "b")).size());
      }
      assertEquals(2, Talk.maildrop(outside.port("pop3"), "zoe", "z@1").size(), "kept there");
    }
  }

  @Test
  void anAccessLogTellsWhoAndWhatAndNoContent() throws Exception {
    Path log = folder.resolve("access.log");
    String hidden = "Secret-Subject";
    try (RunningServer server =
        RunningServer.start(
            "--smtp",
            "0",
            "--pop3",
            "0",
            "--submission",
            "0",
            "--user",
            "alice:Pa55word",
            "--access-log",
            log.toString())) {
      server.send("c@d.example", "alice@example.org", MESSAGE.replace("Lunch", hidden));
      server.send("c@d.example", "nobody@example.org", MESSAGE);
      Talk.maildrop(server.port("pop3"), "alice", "Pa55word");
      Files.move(log, folder.resolve("access.log.1"));
      try (Talk submission = server.talk("submission").login("alice", "Pa55word")) {
        submission.again(
            "alice@example.org",
            "alice@example.org",
            MESSAGE.replace("Lunch", hidden).replace("carol@d.example", "alice@example.org"));
      }
      try (Talk pop3 = server.talk("pop3")) {
        pop3.ask("USER alice");
        pop3.ask("PASS Wr0ng");
        pop3.ask("QUIT");
      }
    }
    String text = Files.readString(folder.resolve("access.log.1"));
    String time = "(?s).*\n?\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z ";
    assertTrue(
        text.matches(
            time
                + "smtp \\S+ peer=127.0.0.1:\\d+ accepted from=c@d.example recipients=1"
                + " octets=\\d+\n"
                + ".*"),
        text);
    assertTrue(text.contains(" delivered to=alice@example.org octets="), text);
    assertTrue(
        text.contains(" nobody@example.org") || text.contains("to=nobody@example.org"), text);
    assertTrue(text.contains(" login user=alice mechanism="), text);
    assertTrue(text.matches("(?s).* retrieved user=alice messages=1 octets=\\d+\n.*"), text);
    String later = Files.readString(log);
    assertTrue(later.contains(" accepted from=alice@example.org "), later);
    assertTrue(later.contains(" login-refused user=alice "), later);
    for (String secret : List.of(hidden, "Pa55word", "Wr0ng", "Hi.", "AGFsaWNl")) {
      assertFalse((text + later).contains(secret), secret);
    }
  }

  @Test
  void aBackupIsMadeWhileItServes() throws Exception {
    Path backup = folder.resolve("backup");
    try (RunningServer server =
        RunningServer.start(
            "--smtp", "0", "--user", "alice:a", "--store", "sqlite:" + folder.resolve("mail"))) {
      server.send("c@d.example", "alice@example.org", MESSAGE);
    }
    try (RunningServer server =
        RunningServer.start(
            "--smtp",
            "0",
            "--user",
            "alice:a",
            "--store",
            "sqlite:" + folder.resolve("mail"),
            "--backup-to",
            backup.toString())) {
      assertTrue(server.port("smtp") > 0);
      Talk.awaitSize(
          1, () -> Files.isDirectory(backup) && verified(backup) ? List.of(1) : List.of());
    }
    assertTrue(verified(backup));
  }

  private static boolean verified(Path backup) {
    return PosthornServer.commandLine()
            .setErr(new java.io.PrintWriter(new java.io.StringWriter()))
            .execute("verify", "--from", backup.toString())
        == 0;
  }
}
