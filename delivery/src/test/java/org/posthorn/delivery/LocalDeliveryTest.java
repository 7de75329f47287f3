package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.delivery.response.AutoResponder;
import org.posthorn.delivery.response.FileTimeMemory;
import org.posthorn.delivery.response.TimeMemory;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.memory.MemoryStore;

class LocalDeliveryTest {
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);

  @TempDir Path spool;
  private final MemoryStore store = MemoryStore.withAccounts("alice", "bob@example.org");
  private LocalDelivery delivery = LocalDelivery.into(store, "unset").build();

  @BeforeEach
  void compose() {
    delivery =
        LocalDelivery.into(store, "mx.example.org")
            .domains(Set.of("Example.ORG", "b\u00fccher.example"))
            .spool(spool, 64)
            .clock(NOW)
            .build();
  }

  /** Then small messages are delivered on the connection's thread, where nobody else may block. */
  @Test
  void answersAtOnceWhereOnlyAStoreThatDoesHasASay() throws Exception {
    TimeMemory memory = FileTimeMemory.in(spool.resolve("answered"), Duration.ofDays(1));
    assertTrue(composed(UnaryOperator.identity()));
    assertTrue(composed(builder -> builder.domains(Set.of("example.org")).clock(NOW)));
    assertFalse(
        composed(builder -> builder.resolver((peer, recipient) -> new Resolution.Remote())));
    assertFalse(composed(builder -> builder.spool(spool, 64)));
    assertFalse(
        composed(builder -> builder.accountPolicy((peer, sender, account) -> Optional.empty())));
    assertFalse(composed(builder -> builder.filters(account -> Optional.empty())));
    assertFalse(composed(builder -> builder.relay(new RecordingRelay())));
    assertFalse(
        composed(
            builder ->
                builder.autoResponder(
                    new AutoResponder(account -> Optional.empty(), memory, NOW))));
    assertFalse(composed(builder -> builder.reporter((message, statuses) -> {})));
    memory.close();
  }

  private boolean composed(UnaryOperator<DeliveryBuilder> settings) {
    return settings.apply(LocalDelivery.into(store, "mx.example.org")).build().answersAtOnce();
  }

  private static SmtpPeer peer(SmtpRole role) throws IOException {
    InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7});
    InetSocketAddress peer = new InetSocketAddress(address, 4_000);
    ConnectionInfo connection = new ConnectionInfo("1", "smtp", peer, peer, false, false);
    return new SmtpPeer(role, connection, "client.example", null, null, "ESMTP");
  }

  private List<Verdict> recipients(Transaction transaction, String... addresses) throws Exception {
    transaction.from(ReversePath.of(Address.parse("carol@elsewhere.example")), MailParameters.NONE);
    List<Recipient> recipients = new ArrayList<>();
    for (String address : addresses) {
      recipients.add(Recipient.of(Address.parse(address)));
    }
    return transaction.recipients(recipients);
  }

  private List<Verdict> send(Transaction transaction, String content) throws Exception {
    MessageSink sink = transaction.body(BodyKind.SEVEN_BIT, OptionalLong.empty());
    for (byte octet : content.getBytes(StandardCharsets.UTF_8)) {
      sink.write(ByteBuffer.wrap(new byte[] {octet}));
    }
    return sink.finish();
  }

  private List<String> messages(String account) throws Exception {
    try (Account open = store.open(Identity.owner(account));
        Mailbox inbox = open.open(MailboxName.INBOX, Access.READ)) {
      List<String> messages = new ArrayList<>();
      for (long uid : inbox.snapshot().uids().stream().toArray()) {
        try (MessageContent content = inbox.content(uid)) {
          ByteBuffer all = ByteBuffer.allocate((int) content.size());
          int last = 0;
          while (all.hasRemaining() && last >= 0) {
            last = content.read(all.position(), all);
          }
          messages.add(new String(all.array(), StandardCharsets.UTF_8));
        }
      }
      return messages;
    }
  }

  @Test
  void deliversWithTraceFieldsBeforeTheContent() throws Exception {
    Transaction transaction = delivery.begin(peer(SmtpRole.MX));
    assertTrue(recipients(transaction, "Alice+lists@example.org").get(0).accepted());
    String id = send(transaction, "Subject: x\r\n\r\nhello\r\n").get(0).text().substring(7);
    assertEquals(
        List.of(
            "Return-Path: <carol@elsewhere.example>\r\n"
                + "Received: from client.example ([192.0.2.7])\r\n"
                + "\tby mx.example.org with ESMTP id "
                + id
                + "\r\n\tfor <Alice+lists@example.org>;\r\n"
                + "\tTue, 3 Feb 2026 04:05:06 +0000\r\n"
                + "Subject: x\r\n\r\nhello\r\n"),
        messages("alice"));
  }

  @Test
  void whatDoesNotFitIntoMemoryGoesThroughAFileThatDisappears() throws Exception {
    String body = "0123456789abcdef\r\n".repeat(20_000);
    Transaction transaction = delivery.begin(peer(SmtpRole.MX));
    recipients(transaction, "alice@example.org", "bob@example.org");
    send(transaction, body);
    assertTrue(messages("alice").get(0).endsWith(body));
    assertTrue(messages("bob@example.org").get(0).endsWith(body));
    try (Stream<Path> left = Files.list(spool)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aGivenUpMessageLeavesNothing() throws Exception {
    Transaction transaction = delivery.begin(peer(SmtpRole.MX));
    recipients(transaction, "alice@example.org");
    MessageSink sink = transaction.body(BodyKind.SEVEN_BIT, OptionalLong.empty());
    sink.write(ByteBuffer.wrap(new byte[1_000]));
    sink.abort();
    transaction.close();
    assertEquals(List.of(), messages("alice"));
    try (Stream<Path> left = Files.list(spool)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void twoAddressesOfOneMailboxGetOneCopy() throws Exception {
    Transaction transaction = delivery.begin(peer(SmtpRole.MX));
    recipients(transaction, "alice@example.org", "alice+x@xn--bcher-kva.example");
    send(transaction, "x\r\n");
    assertEquals(1, messages("alice").size());
  }

  @Test
  void saysWhoIsUnknownAndNeverRelays() throws Exception {
    Transaction transaction = delivery.begin(peer(SmtpRole.MX));
    List<String> answers =
        recipients(
                transaction,
                "nobody@example.org",
                "alice@elsewhere.example",
                "\"alice@example.org\"@elsewhere.example",
                "alice%elsewhere.example@example.org",
                "postmaster")
            .stream()
            .map(verdict -> verdict.code() + " " + verdict.enhanced())
            .toList();
    assertEquals(List.of("550 5.1.1", "550 5.7.1", "550 5.7.1", "550 5.1.1", "550 5.1.1"), answers);
  }

  @Test
  void lmtpAnswersForEachRecipient() throws Exception {
    Transaction transaction = delivery.begin(peer(SmtpRole.LMTP));
    recipients(transaction, "alice@example.org", "bob@example.org");
    store.facet(org.posthorn.store.AccountDirectory.class).orElseThrow().delete("alice");
    List<Integer> codes = send(transaction, "x\r\n").stream().map(Verdict::code).toList();
    assertEquals(List.of(550, 250), codes);
    assertEquals(1, messages("bob@example.org").size());
  }

  @Test
  void overSmtpNobodyGetsItWhenOneCannot() throws Exception {
    Transaction transaction = delivery.begin(peer(SmtpRole.MX));
    recipients(transaction, "bob@example.org", "alice@example.org");
    store.facet(org.posthorn.store.AccountDirectory.class).orElseThrow().delete("alice");
    MessageSink sink = transaction.body(BodyKind.SEVEN_BIT, OptionalLong.empty());
    org.junit.jupiter.api.Assertions.assertThrows(
        org.posthorn.store.StoreException.class, sink::finish);
    assertEquals(List.of(), messages("bob@example.org"));
  }
}
