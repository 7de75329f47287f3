package org.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.ClientSettings;
import org.posthorn.smtp.client.TlsUse;
import org.posthorn.smtp.facet.DeliveryDeadlines;
import org.posthorn.smtp.facet.FutureRelease;
import org.posthorn.smtp.facet.Priorities;
import org.posthorn.smtp.facet.RecipientValidity;
import org.posthorn.smtp.facet.StatusNotifications;
import org.posthorn.smtp.facet.TlsPromise;
import org.posthorn.testkit.SetClock;

/** What senders may ask of the queue by parameters of MAIL and RCPT. */
class QueueFacetsTest {
  private static final String ALICE = NearServer.ALICE;
  private static final String MESSAGE = NearServer.MESSAGE;
  private static final RetryPolicy QUICK = NearServer.QUICK;
  private static final Verdict LATER = new Verdict(450, "4.2.0", "Come back later");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final Map<Class<?>, Object> ALL =
      Map.of(
          StatusNotifications.class, new StatusNotifications() {},
          DeliveryDeadlines.class, new DeliveryDeadlines() {},
          Priorities.class, new TakesAny(),
          RecipientValidity.class, new RecipientValidity() {});

  private static final class TakesAny implements Priorities {
    @Override
    public int highest(SmtpPeer peer) {
      return 9;
    }
  }

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private NearServer near;
  private FarServer far;

  @BeforeEach
  void start() throws Exception {
    near = new NearServer(folder);
    near.clock(clock);
    near.dns().a("localhost", "127.0.0.1");
    far = FarServer.offering(ALL);
    near.open(QUICK, to(far.port()));
  }

  @AfterEach
  void stop() throws Exception {
    near.close();
    far.close();
  }

  private static Router to(int port) {
    ClientSettings settings = ClientSettings.smtp("mx.own.example").withTls(TlsUse.NONE);
    return Router.smartHost(new Route.Hop("localhost", port, settings));
  }

  private void send(Map<String, String> parameters, String... recipients) throws Exception {
    send(parameters, Map.of(), recipients);
  }

  private void send(Map<String, String> parameters, Map<String, String> wishes, String... to)
      throws Exception {
    near.send(ALICE, new MailParameters(parameters), wishes, MESSAGE, to);
  }

  private void awaitReply(String part) throws Exception {
    Eventually.holds(() -> near.replies().contains(part), near::replies);
  }

  private String onlyReport() throws Exception {
    near.awaitEmpty();
    assertEquals(1, near.inbox().size());
    return near.inbox().get(0);
  }

  @Test
  void theDeliveryOffersWhatTheQueueCan() throws Exception {
    List<Class<?>> offered =
        List.of(
            DeliveryDeadlines.class,
            FutureRelease.class,
            Priorities.class,
            RecipientValidity.class,
            StatusNotifications.class);
    for (Class<?> facet : offered) {
      assertTrue(near.delivery().facet(facet).isPresent(), facet.getSimpleName());
    }
    assertFalse(near.delivery().facet(TlsPromise.class).isPresent(), "no way is protected");
    ClientSettings proven = ClientSettings.smtp("mx.own.example").withTls(TlsUse.REQUIRED);
    near.open(QUICK, Router.smartHost(new Route.Hop("localhost", 25, proven)));
    assertTrue(near.delivery().facet(TlsPromise.class).isPresent());
    near.open(QUICK, near.router(25));
    assertFalse(near.delivery().facet(TlsPromise.class).isPresent(), "MX records may be forged");
  }

  /** RFC 4865. */
  @Test
  void heldMailWaitsForItsTimeWhoeverItIsFor() throws Exception {
    send(Map.of("HOLDFOR", "60"), "bob@far.example", ALICE);
    near.queue().hurry();
    send(Map.of(), "carol@far.example");
    Eventually.holds(() -> far.envelopes.size() == 1, near::replies);
    assertEquals(List.of("ESMTP <" + ALICE + "> carol@far.example"), far.envelopes);
    Eventually.holds(() -> near.queue().size() == 2, near::replies);
    assertEquals(List.of(), near.inbox());

    clock.forward(MINUTE);
    near.queue().hurry();
    near.awaitEmpty();
    assertEquals("ESMTP <" + ALICE + "> bob@far.example", far.envelopes.get(1));
    assertTrue(near.inbox().get(0).endsWith(MESSAGE), near.inbox().get(0));
  }

  @Test
  void mailIsHeldUntilATimeOverARestart() throws Exception {
    send(Map.of("HOLDUNTIL", "2026-01-01T00:01:00Z"), "bob@far.example");
    near.open(QUICK, to(far.port()));
    near.queue().hurry();
    send(Map.of(), "carol@far.example");
    Eventually.holds(() -> far.envelopes.size() == 1, near::replies);
    clock.forward(MINUTE);
    near.queue().hurry();
    near.awaitEmpty();
    assertEquals(2, far.envelopes.size());
  }

  @Test
  void heldMailGrowsOldOnlyWhenItIsReleased() throws Exception {
    near.open(QUICK.withExpiry(MINUTE), to(far.port()));
    far.answers = recipient -> far.transactions.get() < 2 ? LATER : Verdict.OK;
    send(Map.of("HOLDFOR", "3600"), "bob@far.example");
    clock.forward(Duration.ofHours(1));
    near.queue().hurry();
    awaitReply("450");
    clock.forward(Duration.ofSeconds(30));
    near.queue().hurry();
    near.awaitEmpty();
    assertEquals(1, far.messages.size());
  }

  /** RFC 2852 section 4.1.4. */
  @Test
  void whatIsLeftOfTheTimeIsPassedOn() throws Exception {
    far.answers = recipient -> far.transactions.get() < 2 ? LATER : Verdict.OK;
    send(Map.of("BY", "120;R"), "bob@far.example");
    awaitReply("450");
    clock.forward(MINUTE);
    near.queue().hurry();
    near.awaitEmpty();
    assertEquals(List.of("ESMTP <" + ALICE + "> bob@far.example {BY=60;R}"), far.envelopes);
    assertEquals(List.of(), near.inbox());
  }

  /** RFC 2852 section 4.1.3. */
  @Test
  void mailToBeReturnedComesBackWhenItsTimeIsOver() throws Exception {
    far.answers = recipient -> LATER;
    send(Map.of("BY", "60;R"), "bob@far.example");
    awaitReply("450");
    int tries = far.transactions.get();
    clock.forward(MINUTE);
    near.queue().hurry();
    String report = onlyReport();
    assertTrue(report.contains("\r\nAction: failed\r\nStatus: 5.4.7\r\n"), report);
    assertTrue(report.contains("\r\nDeliver-By-Date: Thu, 1 Jan 2026 00:01:00 +0000\r\n"), report);
    assertTrue(report.contains("\r\nArrival-Date: Thu, 1 Jan 2026 00:00:00 +0000\r\n"), report);
    assertEquals(tries, far.transactions.get(), "no further attempt");
  }

  @Test
  void ofMailThatGoesOnTheSenderHearsOnceThatItsTimeIsOver() throws Exception {
    far.answers = recipient -> far.transactions.get() < 4 ? LATER : Verdict.OK;
    send(Map.of("BY", "60;N"), "bob@far.example");
    awaitReply("450");
    clock.forward(MINUTE);
    near.queue().hurry();
    Eventually.holds(() -> near.inbox().size() == 1, near::replies);
    String notice = near.inbox().get(0);
    assertTrue(notice.contains("\r\nAction: delayed\r\nStatus: 4.4.7\r\n"), notice);
    while (near.queue().size() > 0) {
      clock.forward(Duration.ofSeconds(1));
      near.queue().hurry();
    }
    assertEquals(1, far.messages.size());
    assertEquals(1, near.inbox().size());
    assertTrue(far.envelopes.get(0).contains("{BY=-"), far.envelopes.get(0));
  }

  /** RFC 2852 section 4.1.4.2. */
  @Test
  void aRelayToAServerThatKnowsNoTimesIsTold() throws Exception {
    try (FarServer old =
        FarServer.offering(Map.of(StatusNotifications.class, new StatusNotifications() {}))) {
      near.open(QUICK, to(old.port()));
      send(Map.of("BY", "60;N"), "bob@far.example");
      String report = onlyReport();
      assertTrue(report.contains("\r\nAction: relayed\r\n"), report);
      assertEquals(
          List.of("ESMTP <" + ALICE + "> bob@far.example{NOTIFY=FAILURE,DELAY}"), old.envelopes);
      send(Map.of("BY", "60;N"), Map.of("NOTIFY", "NEVER"), "carol@far.example");
      near.awaitEmpty();
      assertEquals(1, near.inbox().size(), "nobody wants to hear");
    }
  }

  @Test
  void mailToBeReturnedIsNotRelayedToAServerThatKnowsNoTimes() throws Exception {
    try (FarServer old = FarServer.offering(Map.of())) {
      near.open(QUICK, to(old.port()));
      send(Map.of("BY", "60;R"), "bob@far.example");
      String report = onlyReport();
      assertTrue(report.contains("\r\nAction: failed\r\nStatus: 5.3.3\r\n"), report);
      assertEquals(List.of(), old.messages);
    }
  }

  @Test
  void aTraceTellsOfEveryRelay() throws Exception {
    send(Map.of("BY", "60;NT"), "bob@far.example");
    assertTrue(onlyReport().contains("\r\nAction: relayed\r\n"));
  }

  /** RFC 6710. */
  @Test
  void whatIsUrgentGoesFirstAndSaysSo() throws Exception {
    near.oneByOne(100);
    near.prepare(QUICK, to(far.port()));
    send(Map.of("MT-PRIORITY", "-3"), "slow@far.example");
    send(Map.of(), "bob@far.example");
    send(Map.of("MT-PRIORITY", "5"), "quick@far.example");
    near.start();
    near.awaitEmpty();
    assertEquals(
        List.of(
            "ESMTP <" + ALICE + "> quick@far.example {MT-PRIORITY=5}",
            "ESMTP <" + ALICE + "> bob@far.example",
            "ESMTP <" + ALICE + "> slow@far.example {MT-PRIORITY=-3}"),
        far.envelopes);
  }

  /** RFC 7293. */
  @Test
  void whoTheOwnerWasIsPassedOnOrTheMailComesBack() throws Exception {
    Map<String, String> since = Map.of("RRVS", "2020-01-01T00:00:00Z;R");
    send(Map.of(), since, "bob@far.example");
    near.awaitEmpty();
    assertEquals(List.of("ESMTP <" + ALICE + "> bob@far.example" + since), far.envelopes);
    try (FarServer old = FarServer.offering(Map.of())) {
      near.open(QUICK, to(old.port()));
      send(Map.of(), since, "carol@far.example");
      String report = onlyReport();
      assertTrue(report.contains("\r\nStatus: 5.7.19\r\n"), report);
      assertEquals(List.of(), old.messages);
    }
  }

  private FarServer protectedServer(Map<Class<?>, Object> facets) throws Exception {
    FarServer server =
        FarServer.offering(
            facets, MailServer.builder().tls(TestCertificates.server()), TlsMode.STARTTLS);
    near.trust(TestCertificates.client());
    return server;
  }

  private static Router proven(int port, boolean proven) {
    ClientSettings settings = ClientSettings.smtp("mx.own.example");
    Route.Hop hop = new Route.Hop("localhost", port, settings, proven);
    return destination -> new Route.Servers(List.of(hop));
  }

  /** RFC 8689 section 4.2.1. */
  @Test
  void protectedMailGoesToAProvenServerThatKeepsThePromise() throws Exception {
    Map<Class<?>, Object> promise = Map.of(TlsPromise.class, new TlsPromise() {});
    try (FarServer server = protectedServer(promise)) {
      near.open(QUICK, proven(server.port(), true));
      send(Map.of("REQUIRETLS", ""), "bob@far.example");
      near.awaitEmpty();
      assertEquals(
          List.of("ESMTPS <" + ALICE + "> bob@far.example {REQUIRETLS=}"), server.envelopes);
      assertEquals(List.of(), near.inbox());
    }
  }

  @Test
  void protectedMailComesBackWhereTheNextServerPromisesNothing() throws Exception {
    try (FarServer server = protectedServer(Map.of())) {
      near.open(QUICK, proven(server.port(), true));
      send(Map.of("REQUIRETLS", "", "RET", "FULL"), "bob@far.example");
      String report = onlyReport();
      assertTrue(report.contains("\r\nStatus: 5.7.30\r\n"), report);
      assertFalse(report.contains("hello"), "RFC 8689 section 5: no more than its header");
      assertEquals(List.of(), server.messages);
    }
  }

  @Test
  void protectedMailComesBackWhereNamesAreNotProven() throws Exception {
    try (FarServer server = protectedServer(Map.of(TlsPromise.class, new TlsPromise() {}))) {
      near.open(QUICK, proven(server.port(), false));
      send(Map.of("REQUIRETLS", ""), "bob@far.example");
      String report = onlyReport();
      assertTrue(report.contains("\r\nStatus: 5.7.30\r\n"), report);
      assertEquals(0, server.connections.size());
    }
  }

  /** RFC 8689 section 3: with the header field the way without policies, with REQUIRETLS not. */
  @Test
  void mailThatSaysSoGoesWithoutTlsWhereAPolicyWantsIt() throws Exception {
    Router router =
        new Router() {
          @Override
          public Route route(String destination) {
            return new Route.None(new Verdict(550, "5.7.5", "The policy says no"));
          }

          @Override
          public Route routeWithoutPolicies(String destination) {
            return proven(far.port(), false).route(destination);
          }
        };
    near.open(QUICK, router);
    for (String field : List.of("TLS-Required: No\r\n", "tls-required: no\r\n")) {
      near.send(ALICE, MailParameters.NONE, Map.of(), field + "\r\nhi\r\n", "bob@far.example");
      near.awaitEmpty();
    }
    assertEquals(2, far.messages.size());
    assertTrue(far.messages.get(0).contains("TLS-Required: No\r\n"), "the field stays");
    List<String> without =
        List.of("TLS-Required: Yes\r\n", "TLS-Required: No\r\nTLS-Required: No\r\n", "A: b\r\n");
    for (String field : without) {
      near.send(ALICE, MailParameters.NONE, Map.of(), field + "\r\nhi\r\n", "bob@far.example");
      near.awaitEmpty();
    }
    MailParameters promise = new MailParameters(Map.of("REQUIRETLS", ""));
    near.send(ALICE, promise, Map.of(), "TLS-Required: No\r\n\r\nhi\r\n", "bob@far.example");
    near.awaitEmpty();
    assertEquals(2, far.messages.size());
    assertEquals(4, near.inbox().size());
  }

  @Test
  void protectedMailComesBackWhereThereIsNoTls() throws Exception {
    near.open(QUICK, proven(far.port(), true));
    send(Map.of("REQUIRETLS", ""), "bob@far.example");
    String report = onlyReport();
    assertTrue(report.contains("\r\nStatus: 5.7.10\r\n"), report);
    assertEquals(List.of(), far.messages);
  }
}
