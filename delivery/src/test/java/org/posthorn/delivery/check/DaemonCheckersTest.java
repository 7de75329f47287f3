package org.posthorn.delivery.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

class DaemonCheckersTest {
  private static final String MESSAGE =
      "Subject: x\r\nX-Spam: No\r\nX-Spam-Flag: NO\r\n\r\nbody\r\n";

  private final KeepingHandler next = new KeepingHandler();

  private Verdict send(Checker checker, String message) throws StoreException {
    CheckedHandler handler = CheckedHandler.before(next).checker(checker).build();
    return KeepingHandler.send(handler, SmtpRole.MX, message, "alice").get(0);
  }

  /** Speaks INSTREAM as clamd does; what contains "virus" is one. */
  private static void clamd(DataInputStream in, DataOutputStream out) throws IOException {
    byte[] command = in.readNBytes(10);
    assertEquals("zINSTREAM\0", new String(command, StandardCharsets.US_ASCII));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int length = in.readInt(); length > 0; length = in.readInt()) {
      stream.writeBytes(in.readNBytes(length));
    }
    String text = stream.toString(StandardCharsets.UTF_8);
    String answer =
        text.contains("virus")
            ? "stream: Test.Sig.UNOFFICIAL FOUND\0"
            : text.contains("huge") ? "INSTREAM size limit exceeded. ERROR\0" : "stream: OK\0";
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void clamdFindsWhatItKnows() throws Exception {
    try (DaemonDouble daemon = new DaemonDouble(DaemonCheckersTest::clamd)) {
      Checker checker = new ClamdChecker(daemon.endpoint());
      assertEquals("kept", send(checker, MESSAGE).text());
      assertEquals(MESSAGE, next.kept.get(0).content());
      assertEquals(
          "554 5.7.1 Message infected: Test.Sig.UNOFFICIAL",
          send(checker, MESSAGE + "a virus").line());
      assertThrows(StoreException.class, () -> send(checker, "huge"));
      assertEquals(List.of(), daemon.failures());
    }
    assertEquals(1, next.kept.size());
  }

  @Test
  void aDaemonThatIsNotThereIsUnavailable() throws Exception {
    Endpoint gone;
    try (DaemonDouble daemon = new DaemonDouble((in, out) -> {})) {
      gone = daemon.endpoint();
      StoreException e =
          assertThrows(
              StoreException.class, () -> send(new ClamdChecker(daemon.endpoint()), MESSAGE));
      assertEquals(StoreException.Code.UNAVAILABLE, e.code());
    }
    StoreException e =
        assertThrows(StoreException.class, () -> send(new ClamdChecker(gone), MESSAGE));
    assertEquals(StoreException.Code.UNAVAILABLE, e.code());
  }

  /** Speaks SPAMC as spamd does: a score for each time the body says spam. */
  private static void spamd(DataInputStream in, DataOutputStream out) throws IOException {
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(text.startsWith("SYMBOLS SPAMC/1.5\r\nContent-length: "), text);
    assertTrue(text.contains("\r\nUser: alice@example.org\r\n"), text);
    assertTrue(text.contains("\r\n\r\nReceived: from client.example ([192.0.2.7])"), text);
    String content = text.substring(text.indexOf("\r\n\r\n") + 4);
    assertTrue(text.contains("Content-length: " + content.length() + "\r\n"), text);
    double score = 4.0 * (content.split("spam", -1).length - 1);
    String answer =
        "SPAMD/1.1 0 EX_OK\r\nContent-length: 9\r\nSpam: "
            + (score >= 5 ? "True" : "False")
            + " ; "
            + score
            + " / 5.0\r\n\r\nONE,TWO_X\r\n";
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void spamdTagsAndRefuses() throws Exception {
    try (DaemonDouble daemon = new DaemonDouble(DaemonCheckersTest::spamd)) {
      Checker tagging = SpamdChecker.tagging(daemon.endpoint());
      send(tagging, MESSAGE);
      assertEquals(
          """
          Subject: x
          X-Spam: No
          X-Spam-Score: 0.0 / 5.0
          X-Spam-Tests: ONE,
          \tTWO_X

          body
          """
              .replace("\n", "\r\n"),
          next.kept.get(0).content());
      send(tagging, MESSAGE + "spam spam spam");
      assertTrue(next.kept.get(1).content().contains("\r\nX-Spam-Flag: YES\r\n"));
      Checker refusing = SpamdChecker.tagging(daemon.endpoint()).refusingFrom(10);
      assertEquals(550, send(refusing, MESSAGE + "spam spam spam").code());
      assertEquals(250, send(refusing, MESSAGE + "spam spam").code());
      assertEquals(List.of(), daemon.failures());
    }
  }

  @Test
  void spamdThatFailsIsUnavailable() throws Exception {
    for (String answer :
        List.of("", "SPAMD/1.1 76 Bad header\r\n\r\n", "SPAMD/1.1 0 EX_OK\r\n\r\n", "hello\r\n")) {
      try (DaemonDouble daemon =
          new DaemonDouble(
              (in, out) -> {
                in.readAllBytes();
                out.write(answer.getBytes(StandardCharsets.US_ASCII));
              })) {
        Checker checker = SpamdChecker.tagging(daemon.endpoint());
        assertThrows(StoreException.class, () -> send(checker, MESSAGE));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'action':'no action','score':0,'required_score':15}|250 2.0.0 kept|unchanged",
        "{'action':'reject'}|554 5.7.1 Message looks like spam|",
        "{'action':'soft reject','messages':{'smtp_message':'Slow down'}}|451 4.7.1 Slow down|",
        "{'action':'greylist','messages':{'x':[1]}}|451 4.7.1 Try again later|",
        "{'action':'discard'}|250 2.0.0 OK|",
        "{'action':'add header','score':7.5,'required_score':15,'symbols':{'A':{'score':[{}]}}}"
            + "|250 2.0.0 kept|X-Spam: Yes,X-Spam-Score: 7.50 / 15.00",
        "{'action':'rewrite subject','subject':'[SPAM] x'}|250 2.0.0 kept|Subject: [SPAM] x",
        "{'action':'no action','milter':{'remove_headers':{'X-Spam':0},'add_headers':{'X-Rspamd':"
            + "{'value':'1','order':0},'X-More':['a',{'value':'b'}]}}}"
            + "|250 2.0.0 kept|X-Rspamd: 1,X-More: a,X-More: b"
      })
  void rspamdSaysWhatBecomesOfAMessage(String json, String reply, String fields) throws Exception {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/checkv2",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("IP"));
          asked.add(exchange.getRequestHeaders().getFirst("From"));
          asked.add(exchange.getRequestHeaders().getFirst("Rcpt"));
          asked.add(exchange.getRequestHeaders().getFirst("Content-length"));
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      URI worker = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      Checker checker = new RspamdChecker(worker, Duration.ofSeconds(10));
      assertEquals(reply, send(checker, MESSAGE).line());
    } finally {
      server.stop(0);
    }
    assertEquals(
        List.of(
            "192.0.2.7",
            "carol@elsewhere.example",
            "alice@example.org",
            Integer.toString(MESSAGE.length()),
            MESSAGE),
        List.copyOf(asked));
    if (fields == null) {
      assertEquals(List.of(), next.kept);
    } else if (fields.equals("unchanged")) {
      assertEquals(MESSAGE, next.kept.get(0).content());
    } else {
      for (String field : fields.split(",", -1)) {
        assertTrue(next.kept.get(0).content().contains(field + "\r\n"), field);
      }
    }
  }

  @Property
  void rspamdsReplyIsReadOrRefused(@ForAll String text) {
    for (String json : List.of(text, "{\"action\":" + text + "}", "{\"milter\":{" + text + "}}")) {
      try {
        RspamdReply.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException expected) {
        assertTrue(expected.getMessage() != null);
      }
    }
  }
}
