package org.posthorn.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.imap.ImapService;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.server.jdk.JdkTransport;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.SetClock;

/** From a server over sockets into a store, with faults at every step. */
class CollectorTest {
  private static final String LONG =
      "Return-Path: <carol@far.example>\r\nSubject: long\r\n\r\n"
          + ".a line with octets \u00fc\r\n..\r\n".repeat(12_000);

  @TempDir Path folder;
  private final MemoryStore outside = MemoryStore.withAccounts("out");
  private final MemoryStore store = MemoryStore.withAccounts("alice");
  private final SetClock clock = new SetClock();
  private MailServer server;
  private SeenMessages seen;
  private LocalDelivery delivery;

  @BeforeEach
  void start() throws Exception {
    MemoryAuthenticator users = new MemoryAuthenticator().user("out", "pass word");
    SaslPolicy sasl = SaslPolicy.STANDARD.allowingPasswordsWithoutTls();
    server =
        MailServer.builder()
            .transport(new JdkTransport())
            .tls(TestCertificate.server())
            .listen(
                "POP3",
                "127.0.0.1",
                0,
                TlsMode.STARTTLS,
                Pop3Service.builder().store(outside).authenticator(users).sasl(sasl).build())
            .listen(
                "POP3S",
                "127.0.0.1",
                0,
                TlsMode.IMPLICIT,
                Pop3Service.builder().store(outside).authenticator(users).build())
            .listen(
                "IMAP",
                "127.0.0.1",
                0,
                TlsMode.STARTTLS,
                ImapService.builder().store(outside).authenticator(users).sasl(sasl).build())
            .listen(
                "IMAPS",
                "127.0.0.1",
                0,
                TlsMode.IMPLICIT,
                ImapService.builder().store(outside).authenticator(users).build())
            .start();
    seen = FileSeenMessages.in(folder.resolve("seen"));
    delivery =
        LocalDelivery.into(store, "mx.own.example")
            .domains(Set.of("own.example"))
            .spool(folder, 1 << 10)
            .build();
  }

  @AfterEach
  void stop() throws StoreException {
    server.close();
    seen.close();
  }

  private Source source(Protocol protocol) {
    return base(protocol).at("localhost", server.port(protocol.name()), Security.NONE);
  }

  private static Source base(Protocol protocol) {
    try {
      Address alice = Address.parse("alice@own.example");
      return protocol == Protocol.POP3
          ? Source.pop3s("localhost", "out", "pass word", alice)
          : Source.imaps("localhost", "out", "pass word", alice);
    } catch (SmtpSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Collector collector() throws Exception {
    return new Collector(delivery, seen, TestCertificate.trust(), clock);
  }

  private void put(String... messages) throws StoreException {
    try (Account account = outside.open(Identity.owner("out"));
        AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
      for (String message : messages) {
        IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
        append.write(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
        append.end();
      }
      group.commit();
    }
  }

  private static List<String> inbox(MemoryStore from, String name) throws StoreException {
    try (Account account = from.open(Identity.owner(name));
        Mailbox inbox = account.open(MailboxName.INBOX, Access.READ)) {
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

  private int left() throws StoreException {
    return inbox(outside, "out").size();
  }

  private List<String> here() throws StoreException {
    return inbox(store, "alice");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void bringsEveryOctetAndDeletesThere(Protocol protocol) throws Exception {
    put(LONG, "Subject: short\r\n\r\nx\r\n");
    assertEquals(new Collected(2, 2, 0, List.of()), collector().collect(source(protocol)));
    assertEquals(0, left());
    assertTrue(here().get(0).startsWith("Return-Path: <carol@far.example>\r\nReceived: from "));
    assertTrue(
        here().get(0).contains(" with " + protocol + " id "), here().get(0).substring(0, 300));
    assertTrue(here().get(0).endsWith(LONG));
    assertTrue(here().get(1).startsWith("Return-Path: <>\r\n"));
    assertEquals(new Collected(0, 0, 0, List.of()), collector().collect(source(protocol)));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void overTlsInBothWaysAndNotToAnImpostor(Protocol protocol) throws Exception {
    Source implicit =
        source(protocol).at("localhost", server.port(protocol.name() + "S"), Security.IMPLICIT);
    Source starttls =
        source(protocol).at("localhost", server.port(protocol.name()), Security.STARTTLS);
    put("Subject: a\r\n\r\n");
    assertEquals(1, collector().collect(implicit).delivered());
    put("Subject: b\r\n\r\n");
    assertEquals(1, collector().collect(starttls).delivered());
    Collector strict = new Collector(delivery, seen);
    assertThrows(IOException.class, () -> strict.collect(implicit));
    assertThrows(IOException.class, () -> strict.collect(starttls));
    Source wrongName = implicit.at("127.0.0.1", implicit.port(), Security.IMPLICIT);
    Collector trusting = collector();
    assertThrows(IOException.class, () -> trusting.collect(wrongName));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void mayLeaveMailOnTheServer(Protocol protocol) throws Exception {
    put("Subject: a\r\n\r\n");
    assertEquals(
        new Collected(1, 0, 0, List.of()), collector().collect(source(protocol).keeping()));
    seen.close();
    seen = FileSeenMessages.in(folder.resolve("seen"));
    Source forAWeek = source(protocol).keepingFor(Duration.ofDays(7));
    assertEquals(new Collected(0, 0, 0, List.of()), collector().collect(forAWeek));
    clock.forward(Duration.ofDays(7));
    assertEquals(new Collected(0, 1, 0, List.of()), collector().collect(forAWeek));
    assertEquals(0, left());
    assertEquals(1, here().size());
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void whatIsTooBigOrNotTakenStaysThere(Protocol protocol) throws Exception {
    put(LONG, "Subject: a\r\n\r\n");
    assertEquals(
        new Collected(1, 1, 1, List.of()), collector().collect(source(protocol).withOctets(1_000)));
    delivery =
        LocalDelivery.into(store, "mx.own.example")
            .domains(Set.of("own.example"))
            .accountPolicy(
                (peer, sender, account) -> Optional.of(new Verdict(550, "5.2.1", "disabled")))
            .build();
    assertEquals(
        new Collected(0, 0, 0, List.of("550 5.2.1 disabled")),
        collector().collect(source(protocol)));
    assertEquals(1, left());
  }

  @Test
  void otherWaysToLogIn() throws Exception {
    put("Subject: a\r\n\r\n");
    assertEquals(
        1, collector().collect(source(Protocol.IMAP).withLogin(Login.AUTH_PLAIN)).delivered());
    put("Subject: b\r\n\r\n");
    assertEquals(
        1, collector().collect(source(Protocol.POP3).withLogin(Login.AUTH_PLAIN)).delivered());
    Source apop = source(Protocol.POP3).withLogin(Login.APOP);
    Collector collector = collector();
    assertThrows(IOException.class, () -> collector.collect(apop));
  }

  /** Dies at one of the steps between two messages. */
  private final class Dying implements SeenMessages {
    private final boolean beforeNote;

    Dying(boolean beforeNote) {
      this.beforeNote = beforeNote;
    }

    @Override
    public Optional<Instant> seen(String source, String uid) throws StoreException {
      return seen.seen(source, uid);
    }

    @Override
    public void note(String source, String uid, Instant when) throws StoreException {
      if (!beforeNote) {
        seen.note(source, uid, when);
      }
      throw new IllegalStateException("killed");
    }

    @Override
    public void retain(String source, Set<String> present) throws StoreException {
      seen.retain(source, present);
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void diesBetweenDeliveryAndNoteAndLosesNothing(Protocol protocol) throws Exception {
    put("Subject: a\r\n\r\n", "Subject: b\r\n\r\n");
    Collector dying = new Collector(delivery, new Dying(true), TestCertificate.trust(), clock);
    assertThrows(IllegalStateException.class, () -> dying.collect(source(protocol)));
    assertEquals(2, left());
    collector().collect(source(protocol));
    assertEquals(0, left());
    assertEquals(3, here().size(), "the one that could not be noted comes once more");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void diesBetweenNoteAndDeletionAndBringsNothingTwice(Protocol protocol) throws Exception {
    put("Subject: a\r\n\r\n", "Subject: b\r\n\r\n");
    Collector dying = new Collector(delivery, new Dying(false), TestCertificate.trust(), clock);
    assertThrows(IllegalStateException.class, () -> dying.collect(source(protocol)));
    assertEquals(2, left());
    assertEquals(new Collected(1, 2, 0, List.of()), collector().collect(source(protocol)));
    assertEquals(0, left());
    assertEquals(2, here().size());
  }

  @Test
  void aMessageThatBreaksOffIsNotDelivered() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread cutting = new Thread(() -> cutOff(listening), "cutting");
      cutting.start();
      Source source = base(Protocol.POP3).at("127.0.0.1", listening.getLocalPort(), Security.NONE);
      Collector collector = collector();
      assertThrows(IOException.class, () -> collector.collect(source));
      cutting.join();
    }
    assertEquals(List.of(), here());
    assertEquals(Optional.empty(), seen.seen(base(Protocol.POP3).name(), "u1"));
  }

  /** A POP3 server that goes away in the middle of a message. */
  private static void cutOff(ServerSocket listening) {
    try (Socket socket = listening.accept()) {
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      for (String answer :
          List.of(
              "+OK hello\r\n",
              "+OK\r\n",
              "+OK\r\n",
              "+OK\r\n1 u1\r\n.\r\n",
              "+OK\r\n1 100\r\n.\r\n",
              "+OK\r\nSubject: x\r\n\r\nhalf of")) {
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        int octet = answer.endsWith("of") ? '\n' : in.read();
        while (octet >= 0 && octet != '\n') {
          octet = in.read();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTaskTellsWhatCameOfIt() throws Exception {
    put("Subject: a\r\n\r\n");
    List<String> told = new ArrayList<>();
    Source nowhere = source(Protocol.POP3).at("127.0.0.1", 1, Security.NONE);
    for (Source one : List.of(source(Protocol.POP3), nowhere)) {
      collector()
          .task(
              one,
              (source, collected) -> told.add("delivered " + collected.delivered()),
              (source, why) -> told.add(why.getClass().getSimpleName()))
          .run();
    }
    assertEquals(List.of("delivered 1", "ConnectException"), told);
  }
}
