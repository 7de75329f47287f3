package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.delivery.Deliveries.address;
import static org.posthorn.delivery.Deliveries.shown;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.routing.RoutingTable;
import org.posthorn.delivery.routing.TableResolver;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.facet.BinaryContent;
import org.posthorn.smtp.facet.FutureRelease;
import org.posthorn.smtp.facet.RecipientValidity;
import org.posthorn.smtp.facet.StatusNotifications;
import org.posthorn.smtp.facet.TlsPromise;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;
import org.posthorn.store.memory.MemoryStore;

/** What clients may ask of a delivery by parameters of MAIL and RCPT. */
class DeliveryFacetsTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final MailStore store = MemoryStore.builder().clock(clock).build();
  private final RecordingRelay relay = new RecordingRelay();
  private final LocalDelivery delivery;

  DeliveryFacetsTest() throws Exception {
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    accounts.create("alice");
    accounts.create("postmaster");
    relay.facets.put(FutureRelease.class, (FutureRelease) () -> Duration.ofDays(1));
    relay.facets.put(RecipientValidity.class, new RecipientValidity() {});
    RoutingTable table =
        RoutingTable.builder()
            .list(
                address("team@example.org"),
                address("owner@example.org"),
                List.of(address("carol@far.example")))
            .build();
    DirectoryResolver mailboxes = new DirectoryResolver(accounts, Set.of("example.org"));
    delivery =
        LocalDelivery.into(store, "mx.example.org")
            .resolver(new TableResolver(table, mailboxes))
            .relay(relay)
            .clock(clock)
            .build();
  }

  private String send(Map<String, String> mail, Map<String, String> rcpt, String content, String to)
      throws Exception {
    try (Transaction transaction = delivery.begin(Deliveries.peer(SmtpRole.SUBMISSION))) {
      MailParameters parameters = new MailParameters(mail);
      transaction.from(Deliveries.from("zoe@far.example"), parameters);
      String answer =
          shown(transaction.recipients(List.of(new Recipient(address(to), rcpt))).get(0));
      if (!answer.startsWith("2")) {
        return answer;
      }
      MessageSink sink = transaction.body(BodyKind.SEVEN_BIT, OptionalLong.empty());
      sink.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1)));
      return shown(sink.finish().get(0));
    }
  }

  @Test
  void offersWhatItIsMadeFor() {
    assertTrue(delivery.facet(BinaryContent.class).isPresent());
    assertTrue(delivery.facet(RecipientValidity.class).isPresent());
    assertEquals(
        Optional.of(Duration.ofDays(1)), delivery.facet(FutureRelease.class).map(f -> f.longest()));
    assertFalse(delivery.facet(TlsPromise.class).isPresent(), "the relay cannot");
    assertFalse(delivery.facet(StatusNotifications.class).isPresent(), "nobody reports");
    LocalDelivery alone = LocalDelivery.into(store, "mx.example.org").build();
    assertTrue(alone.facet(RecipientValidity.class).isPresent(), "nothing is passed on");
    assertFalse(alone.facet(FutureRelease.class).isPresent());
  }

  /** RFC 7293 section 5.1. */
  @Test
  void aMailboxThatChangedHandsIsRefused() throws Exception {
    String message = "A: b\r\n\r\n";
    Map<String, String> before = Map.of("RRVS", "2026-05-31T23:59:59Z");
    assertEquals("550 5.7.17", send(Map.of(), before, message, "alice@example.org"));
    Map<String, String> since = Map.of("RRVS", "2026-06-01T00:00:00Z");
    assertEquals("250 2.0.0", send(Map.of(), since, message, "alice@example.org"));
    assertEquals(
        "250 2.0.0", send(Map.of(), before, message, "postmaster@example.org"), "an office");
  }

  private String withField(String field, Map<String, String> rcpt, String to) throws Exception {
    String message = "Require-Recipient-Valid-Since: " + field + "\r\nA: b\r\n\r\n";
    return send(Map.of(), rcpt, message, to);
  }

  /** RFC 7293 section 5.2: the field counts where the envelope says nothing. */
  @Test
  void aFieldInTheHeaderAsksTheSame() throws Exception {
    String alice = "alice@example.org";
    String before = alice + "; Sun, 31 May 2026 23:59:59 +0000";
    assertEquals("550 5.7.17", withField(before, Map.of(), alice));
    assertEquals(
        "550 5.7.17", withField("Alice@EXAMPLE.org;31 May 2026 00:00 GMT", Map.of(), alice));
    String since = alice + "; Mon, 1 Jun 2026 02:00:00 +0200";
    assertEquals("250 2.0.0", withField(since, Map.of(), alice));
    assertEquals(
        "250 2.0.0", withField(before, Map.of("RRVS", "2026-06-01T00:00:00Z"), alice), "envelope");
    for (String other :
        List.of("bob@example.org; Sun, 31 May 2026 23:59:59 +0000", alice, alice + "; x", "; ;")) {
      assertEquals("250 2.0.0", withField(other, Map.of(), alice), other);
    }
    String office = "postmaster@example.org";
    String old = office + "; Sun, 31 May 2026 23:59:59 +0000";
    assertEquals("250 2.0.0", withField(old, Map.of(), office), "an office");
  }

  /** RFC 4865. */
  @Test
  void heldMailGoesToTheRelayWhoeverItIsFor() throws Exception {
    Map<String, String> hold = Map.of("HOLDFOR", "60");
    assertEquals("250 2.0.0", send(hold, Map.of(), "A: b\r\n\r\n", "alice@example.org"));
    assertEquals(List.of("zoe@far.example > alice@example.org"), relay.envelopes());
    assertEquals("60", relay.parameters.get(0).values().get("HOLDFOR"));
    assertEquals(List.of(), Deliveries.inbox(store, "alice"));
    Map<String, String> over = Map.of("HOLDUNTIL", "2026-05-31T00:00:00Z");
    assertEquals("250 2.0.0", send(over, Map.of(), "A: b\r\n\r\n", "alice@example.org"));
    assertEquals(1, Deliveries.inbox(store, "alice").size());
  }

  /** RFC 3030. */
  @Test
  void binaryContentIsEncodedForReadersThatCannotTakeIt() throws Exception {
    Map<String, String> binary = Map.of("BODY", "BINARYMIME");
    String head = "MIME-Version: 1.0\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: ";
    String message = head + "binary\r\n\r\n\0\1\2\n\r\377";
    assertEquals("250 2.0.0", send(binary, Map.of(), message, "alice@example.org"));
    String stored = Deliveries.inbox(store, "alice").get(0);
    assertTrue(stored.endsWith("quoted-printable\r\n\r\n=00=01=02=0A=0D=FF"), stored);
    String text = "Subject: plain\r\n\r\nas it was\r\n";
    assertEquals("250 2.0.0", send(binary, Map.of(), text, "alice@example.org"));
    assertTrue(Deliveries.inbox(store, "alice").get(1).endsWith(text));
  }

  @Test
  void binaryContentThatWouldGetLostIsRefused() throws Exception {
    String sent = "Content-Type: multipart/mixed\r\n\r\n\0 all of it\r\n";
    Map<String, String> binary = Map.of("BODY", "BINARYMIME");
    assertEquals("554 5.6.3", send(binary, Map.of(), sent, "alice@example.org"));
    assertEquals(List.of(), Deliveries.inbox(store, "alice"));
  }

  /** RFC 7293 section 5.2. */
  @Test
  void theHeaderMayAskForTheOwnerToo() throws Exception {
    String old = "Sun, 31 May 2026 23:59:59 +0000";
    for (String passes :
        List.of(
            "alice@example.org; Mon, 1 Jun 2026 00:00:00 +0000",
            "bob@example.org; " + old,
            "alice@example.org; some day",
            "alice@example.org")) {
      assertEquals("250 2.0.0", sendValidSince(passes, Map.of(), "alice@example.org"), passes);
    }
    assertEquals(
        "250 2.0.0",
        sendValidSince("postmaster@example.org; " + old, Map.of(), "postmaster@example.org"));
    assertEquals(
        "550 5.7.17", sendValidSince("Alice@Example.ORG; " + old, Map.of(), "alice@example.org"));
    Map<String, String> parameter = Map.of("RRVS", "2026-06-01T00:00:00Z");
    assertEquals(
        "250 2.0.0",
        sendValidSince("alice@example.org; " + old, parameter, "alice@example.org"),
        "the parameter goes before it");
    assertEquals(5, Deliveries.inbox(store, "alice").size());
  }

  private String sendValidSince(String value, Map<String, String> rcpt, String to)
      throws Exception {
    String message = "Require-Recipient-Valid-Since: " + value + "\r\n\r\nhi\r\n";
    return send(Map.of(), rcpt, message, to);
  }

  /** RFC 8689 section 6. */
  @Test
  void aListKeepsWhatBelongsToTheContent() throws Exception {
    Map<String, String> mail =
        Map.of("REQUIRETLS", "", "BODY", "8BITMIME", "ENVID", "1", "BY", "60;N");
    assertEquals("250 2.0.0", send(mail, Map.of(), "A: b\r\n\r\n", "team@example.org"));
    assertEquals(List.of("owner@example.org > carol@far.example"), relay.envelopes());
    assertEquals(Map.of("REQUIRETLS", "", "BODY", "8BITMIME"), relay.parameters.get(0).values());
  }
}
