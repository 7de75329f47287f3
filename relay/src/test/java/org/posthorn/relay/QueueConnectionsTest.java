package org.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.server.MailServer;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.SmtpLimits;
import org.posthorn.smtp.SmtpService;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.ClientSettings;
import org.posthorn.smtp.client.TlsUse;
import org.posthorn.testkit.SetClock;

/** How mail goes over connections, and in what form. */
class QueueConnectionsTest {
  private static final String ALICE = NearServer.ALICE;
  private static final RetryPolicy QUICK = NearServer.QUICK;

  @TempDir Path folder;
  private NearServer near;

  @BeforeEach
  void start() throws Exception {
    near = new NearServer(folder);
    near.dns().a("localhost", "127.0.0.1").mx("far.example", 10, "localhost");
  }

  @AfterEach
  void stop() throws Exception {
    near.close();
  }

  private static Router to(int port) {
    ClientSettings settings = ClientSettings.smtp("mx.own.example").withTls(TlsUse.NONE);
    return Router.smartHost(new Route.Hop("localhost", port, settings));
  }

  private void sendTen(Router router) throws Exception {
    near.prepare(QUICK, router);
    for (int i = 0; i < 10; i++) {
      near.send("bob" + i + "@far.example");
    }
    near.start();
    near.awaitEmpty();
  }

  @Test
  void manyMessagesGoOverOneConnection() throws Exception {
    near.oneByOne(100);
    try (FarServer far = FarServer.start("127.0.0.1", 0)) {
      sendTen(near.router(far.port()));
      assertEquals(10, far.messages.size());
      assertEquals(1, far.connections.size());
      near.send("carol@far.example");
      near.awaitEmpty();
      assertEquals(1, far.connections.size(), "it waited for another message");
    }
  }

  @Test
  void butNoMoreThanIsAllowed() throws Exception {
    near.oneByOne(4);
    try (FarServer far = FarServer.start("127.0.0.1", 0)) {
      sendTen(near.router(far.port()));
      assertEquals(10, far.messages.size());
      assertEquals(3, far.connections.size());
    }
  }

  @Test
  void andNoMoreThanTheServerWants() throws Exception {
    near.oneByOne(100);
    SmtpLimits two = SmtpLimits.DEFAULTS.toBuilder().transactions(2).build();
    try (FarServer far =
        FarServer.start(
            MailServer.builder().tls(TestCertificates.server()),
            handler -> SmtpService.mx("far.example", handler).limits(two).build())) {
      sendTen(to(far.port()));
      assertEquals(10, far.messages.size());
      assertEquals(5, far.connections.size());
    }
  }

  @Test
  void aServerThatHangsUpBetweenMessagesIsCalledAgain() throws Exception {
    near.oneByOne(100);
    try (OldServer tired = OldServer.tired(3)) {
      sendTen(to(tired.port()));
      assertEquals(10, tired.messages.size());
      assertEquals(4, tired.connections.get());
      assertEquals(List.of(), near.inbox());
      assertTrue(tired.commands.contains("RSET"), "asked whether it is still there");
    }
  }

  /** Nobody waits for a retry because of it. */
  @Test
  void moreRecipientsThanATransactionMayHaveGoInSeveral() throws Exception {
    near.clock(new SetClock());
    SmtpLimits three = SmtpLimits.DEFAULTS.toBuilder().recipients(3).build();
    try (FarServer far =
        FarServer.start(
            MailServer.builder().tls(TestCertificates.server()),
            handler -> SmtpService.mx("far.example", handler).limits(three).build())) {
      near.open(QUICK, to(far.port()));
      near.send(
          IntStream.range(0, 7).mapToObj(i -> "b" + i + "@far.example").toArray(String[]::new));
      near.awaitEmpty();
      assertEquals(
          List.of(
              "ESMTP <" + ALICE + "> b0@far.example, b1@far.example, b2@far.example",
              "ESMTP <" + ALICE + "> b3@far.example, b4@far.example, b5@far.example",
              "ESMTP <" + ALICE + "> b6@far.example"),
          far.envelopes);
      assertEquals(1, far.connections.size());
    }
  }

  @Test
  void aServerThatDoesNotSayHowManyIsAskedAgainToo() throws Exception {
    near.clock(new SetClock());
    try (FarServer far = FarServer.start("127.0.0.1", 0)) {
      Verdict tooMany = new Verdict(452, "4.5.3", "Too many recipients");
      far.answers =
          recipient ->
              recipient.address().localPart().equals("b" + (2 * far.transactions.get() - 2))
                      || recipient
                          .address()
                          .localPart()
                          .equals("b" + (2 * far.transactions.get() - 1))
                  ? Verdict.OK
                  : tooMany;
      near.open(QUICK, near.router(far.port()));
      near.send("b0@far.example", "b1@far.example", "b2@far.example", "b3@far.example");
      near.awaitEmpty();
      assertEquals(2, far.envelopes.size());
    }
  }

  @Test
  void whatGoesToOneSmartHostGoesInOneTransaction() throws Exception {
    try (FarServer far = FarServer.start("127.0.0.1", 0)) {
      near.open(QUICK, to(far.port()));
      near.send("bob@one.example", "carol@two.example", "dave@one.example");
      near.awaitEmpty();
      assertEquals(
          List.of("ESMTP <" + ALICE + "> bob@one.example, carol@two.example, dave@one.example"),
          far.envelopes);
    }
  }

  @Test
  void whatWaitsFindsTheWaysOfANewRouter() throws Exception {
    near.dns().mx("two.example", 10, "localhost");
    try (FarServer far = FarServer.start("127.0.0.1", 0)) {
      near.prepare(QUICK, to(1));
      near.send("bob@far.example", "carol@two.example");
      near.open(QUICK, near.router(far.port()));
      near.awaitEmpty();
      assertEquals(2, far.envelopes.size());
      near.prepare(QUICK, near.router(1));
      near.send("bob@far.example", "carol@two.example");
      near.open(QUICK, to(far.port()));
      near.awaitEmpty();
      assertEquals(3, far.envelopes.size());
    }
  }

  private String converted(String parameter, String content, String... keywords) throws Exception {
    try (OldServer old = OldServer.knowing(keywords)) {
      near.open(QUICK, to(old.port()));
      MailParameters parameters = new MailParameters(Map.of("BODY", parameter));
      near.send(ALICE, parameters, Map.of(), content, "bob@far.example");
      near.awaitEmpty();
      assertEquals(List.of(), near.inbox());
      boolean declared = old.commands.stream().anyMatch(c -> c.contains("BODY="));
      String message = old.messages.get(0);
      return (declared ? "declared " : "") + message.substring(message.indexOf("Subject:"));
    }
  }

  /** RFC 6152 section 3. */
  @Test
  void eightBitContentIsEncodedForAServerThatTakesSevenBits() throws Exception {
    String head = "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
    String sent = head + "Content-Transfer-Encoding: 8bit\r\n\r\nGr\u00fc\u00dfe\r\n";
    String got = converted("8BITMIME", sent);
    assertTrue(got.contains("\r\nContent-Transfer-Encoding: quoted-printable\r\n"), got);
    assertTrue(got.endsWith("\r\n\r\nGr=C3=BC=C3=9Fe\r\n"), got);
  }

  @Test
  void whatIsNotEightBitStaysAsItIs() throws Exception {
    String sent = "Subject: x\r\n\r\nplain\r\n";
    assertEquals(sent, converted("8BITMIME", sent));
    assertEquals("declared " + sent, converted("8BITMIME", sent, "8BITMIME"));
  }

  @Test
  void partsOfAnEncodedMessageKeepTheirContents() throws Exception {
    String part =
        "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit";
    String sent =
        "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + part
            + "\r\n\r\n\u00fc\r\n--b\r\nContent-Type: text/plain\r\n\r\nascii\r\n--b--\r\n";
    String got = converted("8BITMIME", sent);
    assertTrue(got.chars().allMatch(c -> c < 0x80), got);
    assertTrue(got.contains("=C3=BC") && got.contains("ascii"), got);
  }

  /** Nobody would read its body in a multipart that has parts. */
  @Test
  void aMultipartWithoutBoundaryIsReturnedRatherThanEmptied() throws Exception {
    for (String type : List.of("multipart/mixed", "multipart/mixed; boundary=b")) {
      String sent = "Subject: x\r\nContent-Type: " + type + "\r\n\r\nall of \u00fc it\r\n";
      try (OldServer old = OldServer.knowing()) {
        near.open(QUICK, to(old.port()));
        MailParameters full = new MailParameters(Map.of("BODY", "8BITMIME", "RET", "FULL"));
        near.send(ALICE, full, Map.of(), sent, "bob@far.example");
        near.awaitEmpty();
        assertEquals(List.of(), old.messages);
      }
      String report = near.inbox().get(near.inbox().size() - 1);
      assertTrue(report.contains("\r\nStatus: 5.6.3\r\n"), report);
      assertTrue(report.contains("all of \u00fc it"), report);
    }
  }

  @Test
  void aMultipartWithoutBoundaryOfSevenBitsStaysAsItIs() throws Exception {
    String plain = "Subject: x\r\nContent-Type: multipart/mixed\r\n\r\nseven bits\r\n";
    assertEquals(plain, converted("8BITMIME", plain));
  }

  @Test
  void internationalMailIsReturnedRatherThanChanged() throws Exception {
    try (OldServer old = OldServer.knowing("8BITMIME")) {
      near.open(QUICK, to(old.port()));
      MailParameters utf8 = new MailParameters(Map.of("BODY", "8BITMIME", "SMTPUTF8", ""));
      near.send(ALICE, utf8, Map.of(), "Subject: \u00fc\r\n\r\n", "bob@far.example");
      near.awaitEmpty();
      assertTrue(near.inbox().get(0).contains("\r\nStatus: 5.6.7\r\n"), near.inbox().get(0));
      assertEquals(List.of(), old.messages);
    }
  }
}
