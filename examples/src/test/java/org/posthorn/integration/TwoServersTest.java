package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.relay.DnsServer;

/** Two servers of the command line that find one another by MX records of a name server. */
class TwoServersTest {
  private static final String ALICE = "alice@a.example";
  private static final String CAROL = "carol@a.example";
  private static final String DAVE = "dave@a.example";
  private static final String BOB = "bob@b.example";

  @TempDir static Path folder;
  private static DnsServer dns;
  private static ServerProcess a;
  private static ServerProcess b;

  @BeforeAll
  static void start() throws IOException {
    dns = DnsServer.start();
    dns.mx("a.example", 10, "mx.a.example").a("mx.a.example", "127.0.0.1");
    dns.mx("b.example", 10, "mx.b.example").a("mx.b.example", "127.0.0.1");
    int portA = freePort();
    int portB = freePort();
    a =
        serve(
            "a",
            portA,
            portB,
            List.of(
                "--user",
                ALICE + ":secret",
                "--user",
                CAROL + ":secret",
                "--user",
                DAVE + ":secret",
                "--user",
                "erin@a.example:secret",
                "--forward",
                "loop@a.example=loop@b.example"));
    b =
        serve(
            "b",
            portB,
            portA,
            List.of(
                "--user",
                BOB + ":secret",
                "--forward",
                "loop@b.example=loop@a.example",
                "--alias",
                "robert@b.example=" + BOB,
                "--forward-copy",
                BOB + "=" + ALICE));
  }

  private static ServerProcess serve(String name, int port, int otherPort, List<String> more)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--smtp", Integer.toString(port)));
    options.addAll(List.of("--submission", "0", "--pop3", "0", "--allow-plaintext"));
    options.addAll(List.of("--hostname", "mx." + name + ".example"));
    options.addAll(List.of("--domain", name + ".example", "--store", "sqlite:" + own));
    options.addAll(List.of("--relay", "mx", "--relay-mx-port", Integer.toString(otherPort)));
    options.addAll(List.of("--dns", "127.0.0.1:" + dns.port(), "--retry", "1"));
    options.addAll(more);
    return ServerProcess.start(own, List.of(), options);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  static void stop() throws IOException {
    a.close();
    b.close();
    dns.close();
  }

  private static void submit(ServerProcess server, String user, String recipient)
      throws IOException {
    String login = '\0' + user + '\0' + "secret";
    try (SmtpClient client = SmtpClient.connect(server.port("submission"))) {
      client
          .socket()
          .send(
              "AUTH PLAIN "
                  + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))
                  + "\r\n");
      client.reply(235);
      client.socket().send("MAIL FROM:<" + user + ">\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\n");
      client.reply(250);
      client.reply(250);
      client.reply(354);
      client
          .socket()
          .send(
              "From: <"
                  + user
                  + ">\r\nTo: <"
                  + recipient
                  + ">\r\nSubject: x\r\n\r\nhello\r\n.\r\n");
      client.reply(250);
    }
  }

  /** The first message of a mailbox, when it is there. */
  private static String await(ServerProcess server, String user) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      try (Pop3Client client = Pop3Client.login(server.port("pop3"), user, "secret")) {
        if (client.count() > 0) {
          String message = new String(client.retrieve(1), StandardCharsets.UTF_8);
          client.quit();
          return message;
        }
        client.quit();
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError("no mail came: " + server.log());
  }

  @Test
  void mailGoesAcrossAndAForwardComesBack() throws IOException {
    submit(a, ALICE, "robert@b.example");
    String kept = await(b, BOB);
    assertTrue(kept.startsWith("Return-Path: <" + ALICE + ">\r\n"), kept);
    assertEquals(2, kept.split("\r\nReceived: ", -1).length - 1, kept);
    assertTrue(kept.endsWith("\r\nhello\r\n"), kept);
    String forwarded = await(a, ALICE);
    assertTrue(forwarded.contains("\r\nDelivered-To: robert@b.example\r\n"), forwarded);
  }

  @Test
  void anUnknownUserThereIsABounceHere() throws IOException {
    submit(a, CAROL, "nobody@b.example");
    String bounce = await(a, CAROL);
    assertTrue(bounce.startsWith("Return-Path: <>\r\n"), bounce);
    assertTrue(bounce.contains("\r\nFinal-Recipient: rfc822; nobody@b.example\r\n"), bounce);
    assertTrue(bounce.contains("\r\nAction: failed\r\nStatus: 5.1.1\r\n"), bounce);
    assertTrue(bounce.contains("\r\nRemote-MTA: dns; mx.b.example\r\n"), bounce);
  }

  @Test
  void aForwardThatLoopsIsCaught() throws IOException {
    submit(a, DAVE, "loop@b.example");
    String bounce = await(a, DAVE);
    assertTrue(bounce.contains("\r\nAction: failed\r\nStatus: 5.4.6\r\n"), bounce);
    assertTrue(bounce.contains("\r\nDelivered-To: loop@b.example\r\n"), bounce);
    assertTrue(bounce.contains("\r\nDelivered-To: loop@a.example\r\n"), bounce);
  }

  @Test
  void anOutsideMailboxIsCollected() throws IOException {
    submit(a, ALICE, "erin@a.example");
    Path own = Files.createDirectories(folder.resolve("c"));
    String outside = "pop3://erin%40a.example:secret@127.0.0.1:" + a.port("pop3");
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--pop3", "0", "--allow-plaintext", "--domain", "c.example"));
    options.addAll(List.of("--user", "erin@c.example:secret", "--collect-every", "1"));
    options.addAll(List.of("--collect", outside + "=erin@c.example"));
    try (ServerProcess c = ServerProcess.start(own, List.of(), options)) {
      String fetched = await(c, "erin@c.example");
      assertTrue(fetched.contains(" with POP3 id "), fetched);
      assertTrue(fetched.endsWith("\r\nhello\r\n"), fetched);
    }
  }
}
