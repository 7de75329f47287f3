package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code serve} does with what checks say. */
class ServeChecksTest {
  private static final String MESSAGE = "Subject: a\n\nHi.";

  private ServerSocket clamd = unbound();
  private HttpServer rspamd = unstarted();

  private static ServerSocket unbound() {
    try {
      return new ServerSocket();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpServer unstarted() {
    try {
      return HttpServer.create();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void daemons() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    clamd.bind(any);
    Thread thread = new Thread(this::clamd, "clamd");
    thread.setDaemon(true);
    thread.start();
    rspamd.bind(any, 0);
    rspamd.createContext(
        "/checkv2",
        exchange -> {
          byte[] mail = exchange.getRequestBody().readAllBytes();
          boolean odd = new String(mail, StandardCharsets.ISO_8859_1).contains("odd");
          byte[] json =
              ("{\"action\":\"" + (odd ? "quarantine" : "no action") + "\",\"score\":7.0}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, json.length);
          exchange.getResponseBody().write(json);
          exchange.close();
        });
    rspamd.start();
  }

  @AfterEach
  void end() throws IOException {
    clamd.close();
    rspamd.stop(0);
  }

  /** Finds what says "virus". */
  private void clamd() {
    while (!clamd.isClosed()) {
      try (Socket client = clamd.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        in.readNBytes("zINSTREAM\0".length());
        StringBuilder mail = new StringBuilder();
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
          mail.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
        }
        String found = mail.indexOf("virus") < 0 ? "OK" : "Test.Virus FOUND";
        client
            .getOutputStream()
            .write(("stream: " + found + '\0').getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // The test is over, or the next client comes.
      }
    }
  }

  @Test
  void virusesAreRefusedAndWithoutTheDaemonMailWaits() throws Exception {
    String endpoint = "inet:127.0.0.1:" + clamd.getLocalPort();
    try (RunningServer server =
        RunningServer.start("--smtp", "0", "--user", "alice:a", "--clamd", endpoint)) {
      assertEquals(
          "554 5.7.1 Message infected: Test.Virus",
          server.send("c@d.example", "alice@example.org", MESSAGE + " virus"));
      assertEquals(
          "250", server.send("c@d.example", "alice@example.org", MESSAGE).split(" ", -1)[0]);
      clamd.close();
      assertEquals(
          "451", server.send("c@d.example", "alice@example.org", MESSAGE).split(" ", -1)[0]);
    }
    try (RunningServer server =
        RunningServer.start(
            "--smtp", "0", "--user", "alice:a", "--clamd", endpoint, "--checks-optional")) {
      assertEquals(
          "250", server.send("c@d.example", "alice@example.org", MESSAGE).split(" ", -1)[0]);
    }
  }

  @Test
  void whatIsQuarantinedIsKeptForWhoeverLooksAfterIt() throws Exception {
    String url = "http://127.0.0.1:" + rspamd.getAddress().getPort();
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
            "admin:b",
            "--rspamd",
            url,
            "--quarantine",
            "admin=Held")) {
      assertEquals(
          "250", server.send("c@d.example", "alice@example.org", MESSAGE).split(" ", -1)[0]);
      assertEquals(
          "250 2.0.0 OK, held", server.send("c@d.example", "alice@example.org", MESSAGE + " odd"));
      assertEquals(1, Talk.maildrop(server.port("pop3"), "alice", "a").size());
      try (Talk imap = server.talk("imap")) {
        imap.tagged("LOGIN admin b");
        imap.tagged("SELECT Held");
        List<String> held = imap.tagged("FETCH 1 BODY[HEADER]");
        assertTrue(held.toString().contains("X-Envelope-To: <alice@example.org>"), held.toString());
      }
    }
    try (RunningServer server =
        RunningServer.start("--smtp", "0", "--user", "alice:a", "--rspamd", url)) {
      assertEquals(
          "550 5.7.1 Message not wanted here",
          server.send("c@d.example", "alice@example.org", MESSAGE + " odd"));
    }
  }
}
