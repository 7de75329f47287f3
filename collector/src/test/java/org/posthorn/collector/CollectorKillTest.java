package org.posthorn.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.imap.ImapService;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.server.jdk.JdkTransport;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.KilledProcess;

/**
 * {@code kill -9} between fetch and delete, again and again. Nothing is lost; of each process that
 * was killed one message at most comes twice, the one that was delivered and not noted yet. The
 * number of kills is the system property {@code posthorn.collector.kills}.
 */
@Tag("long")
class CollectorKillTest {
  private static final int KILLS =
      Integer.getInteger("posthorn.collector.kills", Boolean.getBoolean("posthorn.soak") ? 50 : 3);

  private static final int MESSAGES = 400;

  @TempDir Path folder;
  private final Random random = new Random(4_711);
  private final MemoryStore outside = MemoryStore.withAccounts("out");
  private final Set<String> sent = new HashSet<>();
  private MailServer server;

  @BeforeEach
  void start() throws Exception {
    MemoryAuthenticator users = new MemoryAuthenticator().user("out", "pass word");
    SaslPolicy sasl = SaslPolicy.STANDARD.allowingPasswordsWithoutTls();
    server =
        MailServer.builder()
            .transport(new JdkTransport())
            .listen(
                "POP3",
                "127.0.0.1",
                0,
                TlsMode.NONE,
                Pop3Service.builder().store(outside).authenticator(users).sasl(sasl).build())
            .listen(
                "IMAP",
                "127.0.0.1",
                0,
                TlsMode.NONE,
                ImapService.builder().store(outside).authenticator(users).sasl(sasl).build())
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** More than one process can bring before it is killed. */
  private void put(int generation) throws StoreException {
    try (Account account = outside.open(Identity.owner("out"));
        AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
      for (int i = 0; i < MESSAGES; i++) {
        String tag = "g" + generation + '-' + i;
        IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
        String message = "Subject: " + tag + "\r\n\r\n" + "x\r\n".repeat(random.nextInt(4_000));
        append.write(ByteBuffer.wrap(message.getBytes(StandardCharsets.US_ASCII)));
        append.end();
        sent.add(tag);
      }
      group.commit();
    }
  }

  private void storm(Protocol protocol) throws IOException, InterruptedException {
    KilledProcess.run(
        CollectingProcess.class,
        folder,
        Duration.ofMillis(200 + random.nextInt(800)),
        folder.toString(),
        Integer.toString(server.port(protocol.name())),
        protocol.name());
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void nothingIsLostAndNoMoreThanOneMessageAKillComesTwice(Protocol protocol) throws Exception {
    for (int generation = 0; generation < KILLS; generation++) {
      put(generation);
      storm(protocol);
    }
    int port = server.port(protocol.name());
    try (MailStore store = CollectingProcess.store(folder);
        SeenMessages seen = FileSeenMessages.in(folder.resolve("seen"))) {
      Collector collector = new Collector(CollectingProcess.delivery(store, folder), seen);
      int already = subjects(store).size();
      assertTrue(already > KILLS, "the storm did nothing: " + already);
      collector.collect(CollectingProcess.source(protocol, port));
      check(subjects(store));
    }
    try (Account account = outside.open(Identity.owner("out"));
        Mailbox inbox = account.open(MailboxName.INBOX, Access.READ)) {
      assertTrue(inbox.snapshot().uids().isEmpty(), "all was deleted there");
    }
  }

  private void check(Map<String, Integer> arrived) {
    Set<String> lost = new HashSet<>(sent);
    lost.removeAll(arrived.keySet());
    assertEquals(Set.of(), lost);
    int doubles = arrived.values().stream().mapToInt(count -> count - 1).sum();
    assertTrue(doubles <= KILLS, doubles + " messages came twice");
  }

  private static Map<String, Integer> subjects(MailStore store) throws StoreException {
    Map<String, Integer> subjects = new HashMap<>();
    try (Account account = store.open(Identity.owner("alice"));
        Mailbox inbox = account.open(MailboxName.INBOX, Access.READ)) {
      for (long uid : inbox.snapshot().uids().stream().toArray()) {
        try (MessageContent content = inbox.content(uid)) {
          ByteBuffer head = ByteBuffer.allocate(1_000);
          content.read(0, head);
          String text = StandardCharsets.US_ASCII.decode(head.flip()).toString();
          int at = text.indexOf("Subject: ") + 9;
          subjects.merge(text.substring(at, text.indexOf('\r', at)), 1, Integer::sum);
        }
      }
    }
    return subjects;
  }
}
