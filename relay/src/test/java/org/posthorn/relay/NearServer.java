package org.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.ClientSettings;
import org.posthorn.smtp.client.ClientTls;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;

/** Our side: alice's mailbox at own.example, a delivery, its queue, and a name server. */
final class NearServer implements AutoCloseable {
  static final String ALICE = "alice@own.example";
  static final String MESSAGE = "Subject: x\r\nMessage-ID: <1@own.example>\r\n\r\nhello\r\n";
  static final RetryPolicy QUICK =
      RetryPolicy.STANDARD.withWaits(Duration.ofMillis(20), Duration.ofMillis(50));

  private final Path folder;
  private final MemoryStore store = MemoryStore.withAccounts("alice");
  private final DnsServer dns = DnsServer.start();
  private ClientTls tls = ClientTls.standard();
  private Clock clock = Clock.systemUTC();
  private int atOnce = 8;
  private int perConnection = 100;
  private MailQueue queue;
  private LocalDelivery delivery;

  NearServer(Path folder) throws IOException {
    this.folder = folder;
  }

  DnsServer dns() {
    return dns;
  }

  MailQueue queue() {
    return queue;
  }

  LocalDelivery delivery() {
    return delivery;
  }

  /** From the next opening on. */
  void clock(Clock value) {
    clock = value;
  }

  /** From the next opening on: one after the other, so many over one connection. */
  void oneByOne(int messagesPerConnection) {
    atOnce = 1;
    perConnection = messagesPerConnection;
  }

  void start() {
    queue.start(delivery);
  }

  void trust(ClientTls certificates) {
    tls = certificates;
  }

  Router router(int port) {
    return new MxRouter(dns.resolver(), ClientSettings.smtp("mx.own.example"), port);
  }

  /** Opens the queue, again where it was open, and sends. */
  void open(RetryPolicy retry, Router others) throws StoreException {
    prepare(retry, others);
    queue.start(delivery);
  }

  /** Opens the queue, which sends nothing. */
  void prepare(RetryPolicy retry, Router others) throws StoreException {
    if (queue != null) {
      queue.close();
    }
    Set<String> own = Set.of("own.example");
    queue =
        MailQueue.in(folder.resolve("queue"), "mx.own.example", Router.local(own, others))
            .addresses(HostAddresses.from(dns.resolver()))
            .retry(retry)
            .tls(tls)
            .concurrency(atOnce, Math.min(2, atOnce))
            .reuse(perConnection, Duration.ofSeconds(30))
            .clock(clock)
            .open();
    delivery =
        LocalDelivery.into(store, "mx.own.example")
            .domains(own)
            .spool(folder, 1 << 10)
            .relay(queue)
            .reporter(queue)
            .build();
  }

  void send(String... recipients) throws Exception {
    send(ALICE, Map.of(), recipients);
  }

  void send(String sender, Map<String, String> wishes, String... recipients) throws Exception {
    send(sender, MailParameters.NONE, wishes, MESSAGE, recipients);
  }

  void send(
      String sender,
      MailParameters parameters,
      Map<String, String> wishes,
      String content,
      String... recipients)
      throws Exception {
    try (Transaction transaction = delivery.begin(Peers.authenticated())) {
      transaction.from(
          sender.isEmpty() ? ReversePath.NULL : ReversePath.of(Address.parse(sender)), parameters);
      List<Recipient> all = new ArrayList<>();
      for (String recipient : recipients) {
        all.add(new Recipient(Address.parse(recipient), wishes));
      }
      for (Verdict verdict : transaction.recipients(all)) {
        assertTrue(verdict.accepted(), verdict.text());
      }
      MessageSink sink = transaction.body(BodyKind.SEVEN_BIT, OptionalLong.empty());
      sink.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      assertTrue(sink.finish().get(0).accepted());
    }
  }

  void awaitEmpty() throws Exception {
    Eventually.holds(() -> queue.size() == 0, () -> "still in the queue: " + replies());
  }

  String replies() {
    try {
      return queue.lastReplies().toString();
    } catch (StoreException e) {
      return e.toString();
    }
  }

  List<String> inbox() throws Exception {
    return Peers.inbox(store, "alice");
  }

  @Override
  public void close() throws StoreException, IOException {
    if (queue != null) {
      queue.close();
    }
    dns.close();
  }
}
