package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forward without download (RFC 4468): a draft in a mailbox is sent by its URL. */
class BurlTest {
  private static final String DRAFT = "From: alice@example.org\r\nSubject: draft\r\n\r\nhello\r\n";

  @TempDir Path folder;

  static Stream<Setup> setups() {
    return Setup.each();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aDraftIsSentByItsUrl(Setup setup) throws Exception {
    try (TestServer server = TestServer.start(setup, folder)) {
      String url = authorizedUrl(server);
      assertEquals("554", submitted(server, "bob", url).substring(0, 3));
      assertEquals("554", submitted(server, "alice", url + "0").substring(0, 3));
      assertEquals("250", submitted(server, "alice", url).substring(0, 3));
      try (ImapClient bob = server.imap("bob")) {
        bob.ask("SELECT INBOX");
        String received = new String(bob.bodies().get(0), StandardCharsets.UTF_8);
        assertTrue(received.contains("\r\nSubject: draft\r\n"), received);
        assertTrue(received.contains("\r\nMessage-ID: <"), received);
        assertTrue(received.endsWith("\r\n\r\nhello\r\n"), received);
      }
    }
  }

  private static String authorizedUrl(TestServer server) throws Exception {
    try (ImapClient alice = server.imap("alice")) {
      alice.append("INBOX", DRAFT.getBytes(StandardCharsets.UTF_8));
      String rump = "imap://alice@localhost/INBOX/;UID=1;URLAUTH=submit+alice";
      for (String line : alice.lines("GENURLAUTH \"" + rump + "\" INTERNAL")) {
        if (line.startsWith("* GENURLAUTH ")) {
          return line.substring(line.indexOf("imap:")).replace("\"", "").strip();
        }
      }
      throw new AssertionError("no URL");
    }
  }

  private static String submitted(TestServer server, String user, String url) throws Exception {
    try (SmtpClient client = SmtpClient.connect(server.port("submission"))) {
      String login = "\0" + user + '\0' + TestServer.PASSWORD;
      byte[] octets = login.getBytes(StandardCharsets.UTF_8);
      OctetSocket socket = client.socket();
      socket.send("AUTH PLAIN " + Base64.getEncoder().encodeToString(octets) + "\r\n");
      client.reply(235);
      socket.send("MAIL FROM:<" + user + "@example.org>\r\nRCPT TO:<" + TestServer.BOB + ">\r\n");
      socket.send("BURL " + url + " LAST\r\n");
      client.reply(250);
      client.reply(250);
      return socket.line();
    }
  }
}
