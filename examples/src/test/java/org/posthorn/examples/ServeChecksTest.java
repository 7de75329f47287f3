package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code serve} does with what checks say. */
class ServeChecksTest {
  private static final String MESSAGE = "Subject: a\n\nHi.";

  private HttpServer rspamd = unstarted();

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
  void end() {
    rspamd.stop(0);
  }

  /** Finds what says "virus". */
  private static void clamd(DataInputStream in, OutputStream out) throws IOException {
    in.readNBytes("zINSTREAM\0".length());
    StringBuilder mail = new StringBuilder();
    for (int length = in.readInt(); length > 0; length = in.readInt()) {
      mail.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
    }
    String found = mail.indexOf("virus") < 0 ? "OK" : "Test.Virus FOUND";
    out.write(("stream: " + found + '\0').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void virusesAreRefusedAndWithoutTheDaemonMailWaits() throws Exception {
    Daemon clamd = new Daemon(ServeChecksTest::clamd);
    String endpoint = clamd.endpoint();
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

  @Test
  void spamIsTaggedOrRefused() throws Exception {
    try (Daemon spamd = new Daemon(ServeChecksTest::spamd)) {
      for (String refuse : List.of("", "7")) {
        List<String> options =
            new ArrayList<>(List.of("--smtp", "0", "--pop3", "0", "--user", "alice:a"));
        options.addAll(List.of("--spamd", spamd.endpoint()));
        options.addAll(refuse.isEmpty() ? List.of() : List.of("--spamd-refuse", refuse));
        try (RunningServer server = RunningServer.start(options.toArray(String[]::new))) {
          String reply = server.send("c@d.example", "alice@example.org", MESSAGE + " pills");
          List<String> mail = Talk.maildrop(server.port("pop3"), "alice", "a");
          if (refuse.isEmpty()) {
            assertTrue(reply.startsWith("250 "), reply);
            assertTrue(mail.get(0).contains("X-Spam-Flag: YES\n"), mail.get(0));
          } else {
            assertEquals("550 5.7.1 Message looks like spam", reply);
            assertEquals(List.of(), mail);
          }
        }
      }
    }
  }

  /** Finds that everything is spam. */
  private static void spamd(DataInputStream in, OutputStream out) throws IOException {
    in.readAllBytes();
    out.write(
        "SPAMD/1.1 0 EX_OK\r\nSpam: True ; 7.5 / 5.0\r\n\r\nPILLS\r\n"
            .getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void mailPassesAMilter() throws Exception {
    try (Daemon milter = new Daemon(ServeChecksTest::milter);
        RunningServer server =
            RunningServer.start(
                "--smtp", "0", "--pop3", "0", "--user", "alice:a", "--milter", milter.endpoint())) {
      String taken = server.send("c@d.example", "alice@example.org", MESSAGE);
      assertTrue(taken.startsWith("250 "), taken);
      String mail = Talk.maildrop(server.port("pop3"), "alice", "a").get(0);
      assertTrue(mail.contains("X-Milter: seen\n"), mail);
    }
  }

  /** A milter that adds a field to every message. */
  private static void milter(DataInputStream in, OutputStream out) throws IOException {
    DataOutputStream packets = new DataOutputStream(out);
    while (true) {
      byte[] packet = in.readNBytes(in.readInt());
      switch (packet[0]) {
        case 'O' -> {
          packets.writeInt(13);
          packets.writeByte('O');
          packets.writeInt(6);
          packets.writeInt(1); // it adds fields, and wants to see everything
          packets.writeInt(0);
        }
        case 'E' -> {
          byte[] field = "hX-Milter\0seen\0".getBytes(StandardCharsets.US_ASCII);
          packets.writeInt(field.length);
          packets.write(field);
          packets.writeInt(1);
          packets.writeByte('c');
        }
        case 'D', 'A' -> {
          // macros and the end of a message that is not to be had are not answered
        }
        case 'Q' -> {
          return;
        }
        default -> {
          packets.writeInt(1);
          packets.writeByte('c');
        }
      }
    }
  }
}
