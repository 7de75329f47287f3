package org.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.SmtpService;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.ClientSettings;
import org.posthorn.smtp.client.TlsUse;
import org.posthorn.smtp.facet.StatusNotifications;
import org.posthorn.store.StoreException;

/** The queue between a local delivery and other servers, over sockets and a name server. */
class MailQueueTest {
  private static final String ALICE = NearServer.ALICE;
  private static final String MESSAGE = NearServer.MESSAGE;
  private static final RetryPolicy QUICK = NearServer.QUICK;
  private static final Verdict LATER = new Verdict(450, "4.2.0", "Come back later");
  private static final Verdict NEVER = new Verdict(550, "5.1.1", "Who is that?");

  @TempDir Path folder;
  private NearServer near;
  private FarServer far;

  @BeforeEach
  void start() throws Exception {
    near = new NearServer(folder);
    far = FarServer.start("127.0.0.1", 0);
    near.dns().mx("far.example", 10, "mx.far.example").a("mx.far.example", "127.0.0.1");
    near.open(QUICK, near.router(far.port()));
  }

  @AfterEach
  void stop() throws Exception {
    near.close();
    far.close();
  }

  @Test
  void sendsToTheServerThatDnsNames() throws Exception {
    near.send("bob@far.example", "carol@far.example");
    near.awaitEmpty();
    assertEquals(
        List.of("ESMTP <" + ALICE + "> bob@far.example, carol@far.example"), far.envelopes);
    assertTrue(far.messages.get(0).startsWith("Received: from client.example"));
    assertTrue(far.messages.get(0).endsWith(MESSAGE));
    assertEquals(List.of(), near.inbox());
  }

  @Test
  void aLongMessageWithDotsArrivesAsItWas() throws Exception {
    String content = "Subject: x\r\n\r\n" + ".line of text\r\n..\r\n".repeat(20_000);
    near.send(ALICE, MailParameters.NONE, Map.of(), content, "bob@far.example");
    near.awaitEmpty();
    assertTrue(far.messages.get(0).endsWith(content));
  }

  @Test
  void triesAgainAfterATemporaryRefusal() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    far.answers = recipient -> asked.incrementAndGet() < 4 ? LATER : Verdict.OK;
    near.send("bob@far.example");
    near.awaitEmpty();
    assertEquals(4, asked.get());
    assertEquals(1, far.messages.size());
    assertEquals(List.of(), near.inbox());
  }

  @Test
  void onlyWhoHasNotGotItIsTriedAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    far.answers =
        recipient ->
            recipient.address().localPart().equals("bob") || asked.incrementAndGet() > 1
                ? Verdict.OK
                : LATER;
    near.send("bob@far.example", "carol@far.example");
    near.awaitEmpty();
    assertEquals(
        List.of("ESMTP <" + ALICE + "> bob@far.example", "ESMTP <" + ALICE + "> carol@far.example"),
        far.envelopes);
  }

  @Test
  void aRefusalComesBackAsAReport() throws Exception {
    far.answers = recipient -> recipient.address().localPart().equals("bob") ? Verdict.OK : NEVER;
    near.send(
        ALICE,
        new MailParameters(Map.of("ENVID", "QQ+2B1")),
        Map.of("NOTIFY", "FAILURE", "ORCPT", "rfc822;c.arol@far.example"),
        MESSAGE,
        "bob@far.example",
        "carol@far.example");
    near.awaitEmpty();
    String bounce = near.inbox().get(0);
    assertTrue(bounce.startsWith("Return-Path: <>\r\n"), bounce);
    for (String expected :
        List.of(
            "Content-Type: multipart/report; report-type=delivery-status;",
            "Auto-Submitted: auto-replied",
            "\r\nIn-Reply-To: <1@own.example>\r\n",
            "\r\nOriginal-Envelope-Id: QQ+1\r\n",
            "\r\nReporting-MTA: dns; mx.own.example\r\n",
            "\r\nOriginal-Recipient: rfc822; c.arol@far.example\r\n",
            "\r\nFinal-Recipient: rfc822; carol@far.example\r\n",
            "\r\nAction: failed\r\nStatus: 5.1.1\r\n",
            "\r\nRemote-MTA: dns; mx.far.example\r\n",
            "\r\nDiagnostic-Code: smtp; 550 5.1.1",
            "\r\nContent-Type: message/rfc822\r\n",
            MESSAGE)) {
      assertTrue(bounce.contains(expected), expected + " in:\n" + bounce);
    }
    assertFalse(bounce.contains("Final-Recipient: rfc822; bob"), "bob got it");
    assertEquals(1, near.inbox().size());
  }

  @Test
  void nobodyIsToldWhoDoesNotWantTo() throws Exception {
    far.answers = recipient -> NEVER;
    near.send(ALICE, Map.of("NOTIFY", "NEVER"), "bob@far.example");
    near.awaitEmpty();
    assertEquals(List.of(), near.inbox());
  }

  @Test
  void mailWithTheNullSenderIsNeverBounced() throws Exception {
    far.answers = recipient -> NEVER;
    near.send("", Map.of(), "bob@far.example");
    near.awaitEmpty();
    assertEquals(List.of(), near.inbox());
  }

  @Test
  void aReportForASenderElsewhereGoesThere() throws Exception {
    far.answers = recipient -> recipient.address().localPart().equals("x") ? NEVER : Verdict.OK;
    near.send("zoe@far.example", Map.of(), "x@far.example");
    near.awaitEmpty();
    assertEquals(List.of("ESMTP <> zoe@far.example"), far.envelopes);
    assertTrue(far.messages.get(0).contains("Action: failed"));
  }

  @Test
  void unknownDomainsAndThoseThatTakeNoMailComeBack() throws Exception {
    near.dns().mx("null.example", 0, ".");
    near.send("x@nowhere.example", "x@null.example");
    near.awaitEmpty();
    String both = String.join("\n", near.inbox());
    assertTrue(both.contains("Status: 5.1.2") && both.contains("Status: 5.1.10"), both);
  }

  @Test
  void whatExpiresComesBack() throws Exception {
    near.open(QUICK.withExpiry(Duration.ofMillis(300)), near.router(far.port()));
    far.answers = recipient -> LATER;
    near.send("bob@far.example");
    near.awaitEmpty();
    String bounce = near.inbox().get(0);
    assertTrue(bounce.contains("Action: failed") && bounce.contains("Status: 5.4.7"), bounce);
    assertTrue(bounce.contains("Come back later"), bounce);
  }

  @Test
  void theSenderIsToldOnceThatItTakesLonger() throws Exception {
    near.open(QUICK.withDelayNotice(Duration.ZERO), near.router(far.port()));
    AtomicInteger asked = new AtomicInteger();
    far.answers = recipient -> asked.incrementAndGet() < 4 ? LATER : Verdict.OK;
    near.send("bob@far.example");
    near.awaitEmpty();
    assertEquals(1, near.inbox().size());
    String notice = near.inbox().get(0);
    assertTrue(notice.contains("\r\nAction: delayed\r\nStatus: 4.2.0\r\n"), notice);
    assertTrue(notice.contains("Content-Type: text/rfc822-headers"), notice);
    assertFalse(notice.contains("hello"), notice);
  }

  @Test
  void successIsToldByWhoeverCan() throws Exception {
    Map<String, String> wish = Map.of("NOTIFY", "SUCCESS");
    near.send(ALICE, wish, "bob@far.example");
    near.awaitEmpty();
    assertTrue(near.inbox().get(0).contains("\r\nAction: relayed\r\n"), near.inbox().get(0));
    try (FarServer notifying =
        FarServer.offering(Map.of(StatusNotifications.class, new StatusNotifications() {}))) {
      near.open(QUICK, near.router(notifying.port()));
      near.send(ALICE, wish, "bob@far.example");
      near.awaitEmpty();
      assertEquals(
          List.of("ESMTP <" + ALICE + "> bob@far.example{NOTIFY=SUCCESS}"), notifying.envelopes);
      assertEquals(1, near.inbox().size());
    }
    near.send(ALICE, wish, ALICE);
    near.awaitEmpty();
    assertTrue(String.join("", near.inbox()).contains("\r\nAction: delivered\r\n"));
  }

  @Test
  void theNextServerIsTriedWhenOneCannotBeReached() throws Exception {
    near.dns()
        .mx("two.example", 10, "dead.two.example")
        .a("dead.two.example", "127.0.0.77")
        .mx("two.example", 20, "mx.far.example");
    near.send("bob@two.example");
    near.awaitEmpty();
    assertEquals(1, far.messages.size());
  }

  @Test
  void whatWaitsIsStillThereAfterARestart() throws Exception {
    near.prepare(QUICK, near.router(far.port()));
    near.send("bob@far.example");
    assertEquals(1, near.queue().size());
    assertThrows(
        StoreException.class,
        () ->
            MailQueue.in(folder.resolve("queue"), "x.example", domain -> new Route.Here()).open());
    near.open(QUICK, near.router(far.port()));
    near.awaitEmpty();
    assertEquals(1, far.messages.size());
  }

  @Test
  void noMoreThanSoManyToOneDestination() throws Exception {
    CountDownLatch two = new CountDownLatch(2);
    far.beforeAnswer =
        () -> {
          two.countDown();
          try {
            two.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    for (int i = 0; i < 12; i++) {
      near.send("bob" + i + "@far.example");
    }
    near.awaitEmpty();
    assertEquals(12, far.messages.size());
    assertEquals(2, far.mostAtOnce.get());
  }

  @Test
  void aSmartHostWithLoginOverTlsThatProvesItsName() throws Exception {
    MemoryAuthenticator users = new MemoryAuthenticator().user("relay", "secret");
    try (FarServer smart =
        FarServer.start(
            MailServer.builder().tls(TestCertificates.server()),
            handler ->
                SmtpService.submission("smart.example", handler, users)
                    .sasl(SaslPolicy.STANDARD)
                    .build())) {
      ClientSettings login =
          ClientSettings.smtp("mx.own.example")
              .withTls(TlsUse.REQUIRED)
              .withLogin("relay", "secret");
      Router router = Router.smartHost(new Route.Hop("localhost", smart.port(), login));
      near.dns().a("localhost", "127.0.0.1");
      near.open(QUICK, router);
      near.send("bob@any.example");
      Eventually.holds(() -> near.replies().contains("4.4.2"), near::replies);
      assertEquals(0, smart.messages.size(), "an unknown certificate proves nothing");
      near.trust(TestCertificates.client());
      near.open(QUICK, router);
      near.awaitEmpty();
      assertEquals(List.of("ESMTPSA <" + ALICE + "> bob@any.example"), smart.envelopes);
    }
  }

  @Test
  void opportunisticTlsTakesAnyCertificate() throws Exception {
    try (FarServer secure =
        FarServer.start(
            MailServer.builder().tls(TestCertificates.server()),
            handler -> SmtpService.mx("far.example", handler).build())) {
      near.open(QUICK, near.router(secure.port()));
      near.send("bob@far.example");
      near.awaitEmpty();
      assertEquals(List.of("ESMTPS <" + ALICE + "> bob@far.example"), secure.envelopes);
    }
  }

  @Test
  void eightBitContentIsDeclaredToTheNextServer() throws Exception {
    near.send(ALICE, MailParameters.NONE, Map.of(), "\r\nü\r\n", "bob@far.example");
    near.awaitEmpty();
    assertEquals(List.of("ESMTP <" + ALICE + "> bob@far.example {BODY=8BITMIME}"), far.envelopes);
  }
}
