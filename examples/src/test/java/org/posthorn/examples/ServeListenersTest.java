package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options about connections, and what POP3 may be like. */
class ServeListenersTest {
  @TempDir Path folder;

  @Test
  void mailComesByImplicitTlsToo() throws Exception {
    try (RunningServer server =
        RunningServer.start("--smtps", "0", "--pop3", "0", "--user", "alice:a")) {
      try (SSLSocket socket = AnyCertificate.connect(server.port("smtps"));
          Talk smtp = new Talk(socket)) {
        assertTrue(smtp.reply().startsWith("220 "));
        String taken = smtp.mail("c@d.example", "alice@example.org", "Subject: a\n\nHi.");
        assertTrue(taken.startsWith("250 "), taken);
      }
      List<String> mail = Talk.maildrop(server.port("pop3"), "alice", "a");
      assertTrue(mail.get(0).contains(" with ESMTPS "), mail.get(0));
    }
  }

  @Test
  void behindAProxyTheClientIsWhoTheProxySays() throws Exception {
    Path log = folder.resolve("access.log");
    try (RunningServer server =
        RunningServer.start(
            "--pop3",
            "0",
            "--user",
            "alice:a",
            "--proxy-from",
            "127.0.0.0/8",
            "--access-log",
            log.toString())) {
      try (Talk pop3 = new Talk(socket(server.port("pop3")))) {
        pop3.send("PROXY TCP4 192.0.2.7 198.51.100.1 4711 110");
        assertTrue(pop3.reply().startsWith("+OK"));
        pop3.ask("USER alice");
        assertTrue(pop3.ask("PASS a").startsWith("+OK"));
      }
      try (Talk pop3 = new Talk(socket(server.port("pop3")))) {
        pop3.send("USER alice");
        assertThrows(IOException.class, pop3::reply, "without a header nobody is served");
      }
    }
    assertTrue(Files.readString(log).contains("peer=192.0.2.7:4711 login user=alice"));
  }

  @Test
  void aProxyElsewhereIsNotBelieved() throws Exception {
    try (RunningServer server =
            RunningServer.start(
                "--pop3", "0", "--user", "alice:a", "--proxy-from", "192.0.2.0/24");
        Talk pop3 = new Talk(socket(server.port("pop3")))) {
      pop3.send("PROXY TCP4 192.0.2.7 198.51.100.1 4711 110");
      assertThrows(IOException.class, pop3::reply);
    }
  }

  @Test
  void connectionsAreLimitedInAllAndOfOneClient() throws Exception {
    for (String limit : List.of("--max-connections", "--max-connections-per-address")) {
      try (RunningServer server =
              RunningServer.start("--smtp", "0", "--user", "alice:a", limit, "2");
          Talk first = server.talk("smtp");
          Talk second = server.talk("smtp")) {
        try (Talk third = new Talk(socket(server.port("smtp")))) {
          String refused = third.reply();
          assertTrue(refused.startsWith("421 "), limit + ": " + refused);
        }
        assertTrue(first.ask("NOOP").startsWith("250"));
        assertTrue(second.ask("QUIT").startsWith("221"));
      }
    }
  }

  @Test
  void aMaildropIsLockedOrShared() throws Exception {
    try (RunningServer server = RunningServer.start("--pop3", "0", "--user", "alice:a");
        Talk first = login(server)) {
      try (Talk second = server.talk("pop3")) {
        second.ask("USER alice");
        String refused = second.ask("PASS a");
        assertTrue(refused.startsWith("-ERR [IN-USE]"), refused);
      }
      assertTrue(first.ask("STAT").startsWith("+OK"));
      first.socket().close();
      assertEquals(
          1,
          Talk.awaitSize(1, () -> admitted(server)).size(),
          "without QUIT it is free as soon as the server notices");
    }
    try (RunningServer server =
            RunningServer.start("--pop3", "0", "--user", "alice:a", "--pop3-shared");
        Talk first = login(server);
        Talk second = login(server)) {
      assertTrue(first.ask("STAT").startsWith("+OK"));
      assertTrue(second.ask("STAT").startsWith("+OK"));
    }
  }

  private static List<String> admitted(RunningServer server) throws IOException {
    try (Talk pop3 = server.talk("pop3")) {
      pop3.ask("USER alice");
      String reply = pop3.ask("PASS a");
      return reply.startsWith("+OK") ? List.of(reply) : List.of();
    }
  }

  private static Talk login(RunningServer server) throws IOException {
    Talk pop3 = server.talk("pop3");
    pop3.ask("USER alice");
    String reply = pop3.ask("PASS a");
    assertTrue(reply.startsWith("+OK"), reply);
    return pop3;
  }

  @Test
  void apopIsOfferedWhereItIsWished() throws Exception {
    try (RunningServer server =
            RunningServer.start("--pop3", "0", "--user", "alice:a", "--pop3-apop");
        Talk pop3 = new Talk(socket(server.port("pop3")))) {
      String greeting = pop3.reply();
      String stamp = greeting.substring(greeting.indexOf('<'), greeting.indexOf('>') + 1);
      byte[] digest =
          MessageDigest.getInstance("MD5").digest((stamp + "a").getBytes(StandardCharsets.UTF_8));
      String reply = pop3.ask("APOP alice " + HexFormat.of().formatHex(digest));
      assertTrue(reply.startsWith("+OK"), reply);
    }
    try (RunningServer server = RunningServer.start("--pop3", "0", "--user", "alice:a");
        Talk pop3 = new Talk(socket(server.port("pop3")))) {
      String greeting = pop3.reply();
      assertFalse(greeting.contains("<"), greeting);
    }
  }

  @Test
  void whatWasRetrievedMayGoAtOnce() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            "--smtp", "0", "--pop3", "0", "--user", "alice:a", "--pop3-expire", "0")) {
      server.send("c@d.example", "alice@example.org", "Subject: a\n\nHi.");
      try (Talk pop3 = server.talk("pop3")) {
        pop3.send("CAPA");
        StringBuilder capabilities = new StringBuilder();
        for (String line = pop3.line(); !line.equals("."); line = pop3.line()) {
          capabilities.append(line).append('\n');
        }
        assertTrue(capabilities.toString().contains("\nEXPIRE 0\n"), capabilities.toString());
      }
      assertEquals(1, Talk.maildrop(server.port("pop3"), "alice", "a").size());
      assertEquals(List.of(), Talk.maildrop(server.port("pop3"), "alice", "a"));
    }
  }

  @Test
  void theQueueIsWhereItIsWishedAndMailWaitsThere() throws Exception {
    Path queue = folder.resolve("waiting");
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    try (RunningServer server =
            RunningServer.start(
                "--submission",
                "0",
                "--user",
                "alice:a",
                "--relay",
                "127.0.0.1:" + nobody,
                "--queue",
                queue.toString());
        Talk submission = server.talk("submission")) {
      String taken =
          submission
              .login("alice", "a")
              .again("alice@example.org", "c@d.example", "From: alice@example.org\n\nHi.");
      assertTrue(taken.startsWith("250 "), taken);
    }
    try (Stream<Path> files = Files.walk(queue)) {
      assertTrue(files.anyMatch(Files::isRegularFile), "the message is kept");
    }
  }

  private static Socket socket(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }
}
