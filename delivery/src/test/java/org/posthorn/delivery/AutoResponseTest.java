package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.delivery.Deliveries.SENDER;
import static org.posthorn.delivery.Deliveries.inbox;
import static org.posthorn.delivery.Deliveries.send;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.delivery.response.AutoResponder;
import org.posthorn.delivery.response.FileTimeMemory;
import org.posthorn.delivery.response.ResponseRules;
import org.posthorn.delivery.response.Vacation;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.SetClock;

class AutoResponseTest {
  private static final String MESSAGE =
      """
      From: Carol <carol@elsewhere.example>\r
      To: alice@example.org\r
      Subject: Lunch?\r
      Message-ID: <1@elsewhere.example>\r
      References: <0@elsewhere.example>\r
      \r
      Today?\r
      """;

  @TempDir Path folder;
  private final MemoryStore store = MemoryStore.withAccounts("alice", "bob");
  private final RecordingRelay relay = new RecordingRelay();
  private final SetClock clock = new SetClock();
  private LocalDelivery delivery = LocalDelivery.into(store, "unset").build();
  private FileTimeMemory memory;

  @BeforeEach
  void compose() throws StoreException {
    memory = FileTimeMemory.in(folder.resolve("answered"), Duration.ofDays(60));
    Vacation away = Vacation.of("", "I am away until März.\n");
    AutoResponder responder =
        new AutoResponder(
            account -> account.equals("alice") ? Optional.of(away) : Optional.empty(),
            memory,
            clock);
    delivery =
        LocalDelivery.into(store, "mx.example.org")
            .domains(Set.of("example.org"))
            .autoResponder(responder)
            .relay(relay)
            .spool(folder, 1 << 10)
            .build();
  }

  @AfterEach
  void close() throws StoreException {
    memory.close();
  }

  @Test
  void answersTheSenderAsRfc3834Wants() throws Exception {
    send(delivery, SENDER, MESSAGE, "alice@example.org");
    assertEquals(1, inbox(store, "alice").size());
    assertEquals(List.of(" > " + SENDER), relay.envelopes());
    MessageHeader header =
        MessageHeader.of(relay.sent.get(0).message().getBytes(StandardCharsets.UTF_8));
    assertEquals(Optional.of("auto-replied"), header.first("Auto-Submitted"));
    assertEquals(Optional.of("Auto: Lunch?"), header.first("Subject"));
    assertEquals(Optional.of("<1@elsewhere.example>"), header.first("In-Reply-To"));
    assertEquals(
        Optional.of("<0@elsewhere.example> <1@elsewhere.example>"), header.first("References"));
    assertEquals(List.of("alice@example.org"), header.addresses("From"));
    assertEquals(List.of(SENDER), header.addresses("To"));
    String message = relay.sent.get(0).message();
    byte[] body =
        Base64.getMimeDecoder().decode(message.substring(message.indexOf("\r\n\r\n") + 4));
    assertEquals("I am away until März.\r\n\r\n", new String(body, StandardCharsets.UTF_8));
  }

  @Test
  void answersASenderOncePerPeriodAlsoAfterARestart() throws Exception {
    send(delivery, SENDER, MESSAGE, "alice@example.org");
    memory.close();
    compose();
    send(delivery, SENDER, MESSAGE, "alice@example.org");
    assertEquals(1, relay.sent.size());
    clock.forward(Duration.ofDays(7));
    send(delivery, SENDER, MESSAGE, "alice@example.org");
    assertEquals(2, relay.sent.size());
  }

  @Test
  void answersSomebodyHereToo() throws Exception {
    send(delivery, "bob@example.org", MESSAGE, "alice@example.org");
    assertTrue(inbox(store, "bob").get(0).startsWith("Return-Path: <>\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', Auto: x, null reverse-path",
    "owner-l@x.example, X: y, the sender is a program",
    "l-request@x.example, X: y, the sender is a program",
    "MAILER-DAEMON@x.example, X: y, the sender is a program",
    "No-Reply@x.example, X: y, the sender is a program",
    "noreply-news@x.example, X: y, the sender is a program",
    "list-owner@x.example, X: y, the sender is a program",
    "list-bounces+alice=example.org@x.example, X: y, the sender is a program",
    "bounce+7@x.example, X: y, the sender is a program",
    "carol@x.example, Precedence: list, Precedence",
    "carol@x.example, Precedence: junk (x), Precedence",
    "carol@x.example, List-Help: <mailto:l@x.example>, mailing list",
    "carol@x.example, X-Auto-Response-Suppress: OOF, X-Auto-Response-Suppress",
    "carol@x.example, X-Auto-Response-Suppress: None, ",
    "alice@example.org, X: y, from ourselves",
    "carol@x.example, Auto-Submitted: auto-generated (cron), Auto-Submitted",
    "carol@x.example, auto-submitted: auto-replied; owner-email=x, Auto-Submitted",
    "carol@x.example, Precedence: Bulk, Precedence",
    "carol@x.example, List-Id: <l.x.example>, mailing list",
    "carol@x.example, List-Unsubscribe: <mailto:l@x.example>, mailing list",
    "carol@x.example, Auto-Submitted: no, ",
    "carol@x.example, Precedence: first-class, ",
  })
  void whatIsNotAnswered(String sender, String field, String reason) {
    MessageHeader header =
        MessageHeader.of(
            ("To: Alice <Alice@Example.org>\r\n" + field + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    assertEquals(
        Optional.ofNullable(reason),
        ResponseRules.objection(
            Deliveries.from(sender), header, Set.of(Deliveries.address("alice@example.org"))));
  }

  @Test
  void mailThatIsNotAddressedToTheUserIsNotAnswered() throws Exception {
    send(delivery, SENDER, MESSAGE.replace("To: alice", "To: many"), "alice@example.org");
    assertEquals(0, relay.sent.size());
  }
}
