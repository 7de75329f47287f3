package org.posthorn.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Event;
import org.posthorn.store.HintSink;
import org.posthorn.store.MailboxId;

/** What every transport has to do, by a real socket. */
@Timeout(60)
public abstract class TransportContract {
  private final LineEngine.Service service = new LineEngine.Service();
  private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
  private MailServer server;

  /** A new transport, not started. */
  protected abstract Transport transport();

  private MailServer.Builder builder() {
    return MailServer.builder()
        .transport(transport())
        .tls(LineClient.tls("localhost.p12"))
        .events((when, protocol, connection, event) -> events.add(event))
        .listen("plain", "127.0.0.1", 0, TlsMode.STARTTLS, service)
        .listen("tls", "127.0.0.1", 0, TlsMode.IMPLICIT, service);
  }

  private LineClient connect() throws IOException {
    return connect(builder());
  }

  private LineClient connect(MailServer.Builder builder) throws IOException {
    server = builder.start();
    return again();
  }

  private LineClient again() throws IOException {
    LineClient client = new LineClient(server.address("plain"));
    assertEquals("hello 127.0.0.1", client.line());
    return client;
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(Duration.ofSeconds(2));
      assertEquals(0, server.connections());
      assertEquals(0, service.sourcesOpen.get(), "sources left open");
      assertFalse(service.overlapped.get(), "an engine was called by two threads at once");
    }
  }

  static void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(15);
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), () -> "waited too long: " + what);
      Thread.onSpinWait();
    }
  }

  private <E extends Event> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).collect(Collectors.toList());
  }

  private String closedReason() {
    await("Closed", () -> !events(Event.Closed.class).isEmpty());
    return events(Event.Closed.class).get(0).reason();
  }

  @Test
  void answersLineByLine() throws IOException {
    try (LineClient client = connect()) {
      assertEquals("one", client.ask("echo one"));
      assertEquals("two", client.ask("echo two"));
      client.send("ec");
      client.send("ho thr");
      client.send("ee\r");
      assertEquals("three", client.ask(""));
    }
    await("connectionLost", () -> service.lost.get() == 1);
    await("release", () -> service.released.get() == 1);
  }

  @Test
  void answersPipelinedCommandsInOrder() throws IOException {
    StringBuilder commands = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      commands.append(i % 10 == 7 ? "sleep 0" : "echo " + i).append("\r\n");
    }
    try (LineClient client = connect()) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(() -> unchecked(() -> client.send(commands.toString())));
      for (int i = 0; i < 20_000; i++) {
        assertEquals(i % 10 == 7 ? "slept" : String.valueOf(i), client.line());
      }
      sent.join();
    }
  }

  @Test
  void runsLongChainsOfInlineCallsWithoutStarvingOthers() throws IOException {
    try (LineClient client = connect();
        LineClient other = again()) {
      client.send("chain 500000\r\n");
      for (int i = 0; i < 20; i++) {
        assertEquals("x", other.ask("echo x"));
      }
      assertEquals("chained", client.line());
    }
  }

  @Test
  void runsManyCallsSideBySideAndKeepsTheirOrder() throws IOException {
    try (LineClient client = connect()) {
      assertEquals("abcdCANNOT", client.ask("all"));
    }
  }

  @Test
  void asksAStoreElsewhereUnlessItAnswersAtOnce() throws IOException {
    try (LineClient client = connect()) {
      assertEquals("elsewhere", client.ask("store"));
    }
    server.close();
    service.answersAtOnce = true;
    try (LineClient client = connect()) {
      client.send("store\r\nstore\r\necho x\r\n");
      assertEquals("here", client.line());
      assertEquals("here", client.line());
      assertEquals("x", client.line());
    }
  }

  @Test
  void sendsLargeSourcesWhole() throws IOException {
    long size = 20_000_000;
    try (LineClient client = connect()) {
      client.send("send " + size + "\r\nsendinline 300000\r\nsend 0\r\nsend 70001\r\n");
      for (long length : new long[] {size, 300_000, 0, 70_001}) {
        assertEquals(length, client.pattern(length));
        assertEquals("sent", client.line());
      }
      await("release after output", () -> service.released.get() == 3);
    }
  }

  @Test
  void sendsLargeSourcesOverTls() throws IOException {
    server = builder().start();
    try (LineClient client = new LineClient(server.address("tls"))) {
      client.startTls("localhost");
      assertEquals("hello 127.0.0.1", client.line());
      client.send("send 5000000\r\n");
      assertEquals(5_000_000, client.pattern(5_000_000));
      assertEquals("sent", client.line());
    }
  }

  @Test
  void takesLargeInput() throws IOException {
    String word = "x".repeat(3_000_000);
    try (LineClient client = connect()) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(() -> unchecked(() -> client.send("echo " + word + "\r\n")));
      assertEquals(word, client.line());
      sent.join();
    }
  }

  @Test
  void waitsForAPeerThatDoesNotRead() throws IOException {
    int lines = 400_000; // of 64 octets: far more than all buffers on the way
    server = builder().start();
    try (LineClient client = new LineClient(server.address("plain"), 4096);
        LineClient other = again()) {
      client.send("flood " + lines + "\r\necho after\r\n");
      // The server cannot be through; what it holds is bounded by its marks. Others are served.
      assertEquals("x", other.ask("echo x"));
      assertEquals("hello 127.0.0.1", client.line());
      for (int i = 0; i < lines; i++) {
        assertEquals(62, client.line().length());
      }
      assertEquals("flooded", client.line());
      assertEquals("after", client.line());
    }
  }

  @Test
  void cutsOffAPeerThatReadsNothingForTooLong() throws IOException {
    ServerLimits limits = ServerLimits.builder().stallTimeout(Duration.ofMillis(200)).build();
    server = builder().limits(limits).start();
    try (LineClient client = new LineClient(server.address("plain"), 4096)) {
      client.send("send 100000000\r\n");
      assertEquals("peer does not read", closedReason());
    }
  }

  @Test
  void takesNoMoreCommandsFromAPeerThatDoesNotReadItsAnswers() throws Exception {
    server = builder().start();
    byte[] commands =
        ("echo " + "y".repeat(1000) + "\r\n").repeat(1000).getBytes(StandardCharsets.US_ASCII);
    // A window smaller than a segment of the loopback would test the kernel's probe timers instead.
    try (LineClient client = new LineClient(server.address("plain"), 1 << 18)) {
      AtomicLong sent = new AtomicLong();
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () ->
                  unchecked(
                      () -> {
                        for (int i = 0; i < 24; i++) {
                          client.send(commands);
                          sent.incrementAndGet();
                        }
                      }));
      assertThrows(TimeoutException.class, () -> sender.get(500, TimeUnit.MILLISECONDS));
      assertTrue(sent.get() < 20, "the server swallows what it cannot answer");
      assertEquals("hello 127.0.0.1", client.line());
      for (int i = 0; i < 24_000; i++) {
        assertEquals(1000, client.line().length());
      }
      sender.join();
    }
  }

  @Test
  void endsTheConnectionWhenASourceFails() throws IOException {
    try (LineClient client = connect()) {
      client.send("torn 1000000\r\n");
      assertTrue(client.pattern(1_000_000) <= 500_000);
      assertTrue(client.ended());
    }
    assertEquals("torn: CORRUPTION", closedReason());
  }

  @Test
  void closesSourcesOfAPeerThatVanishes() throws IOException {
    try (LineClient client = connect()) {
      client.send("send 100000000\r\nsend 100000000\r\n");
      client.pattern(1000);
      client.reset();
    }
    await("connectionLost", () -> service.lost.get() == 1);
    await("close", () -> service.sourcesOpen.get() == 0);
  }

  @Test
  void answersAPeerThatHasSaidItsLast() throws IOException {
    try (LineClient client = connect()) {
      client.send("sleep 20\r\necho last\r\n");
      client.endOutput();
      assertEquals("slept", client.line());
      assertEquals("last", client.line());
      assertEquals("end of input", client.line());
      assertTrue(client.ended());
    }
    assertEquals("end of input", closedReason());
  }

  @Test
  void ticksAtTheDeadline() throws IOException {
    try (LineClient client = connect()) {
      long start = System.nanoTime();
      assertEquals("tick", client.ask("tick 80"));
      assertTrue(System.nanoTime() - start >= 80_000_000, "too early");
      assertEquals("again", client.ask("echo again"));
    }
  }

  @Test
  void deliversHintsOfOtherThreadsOnceForEachMailbox() throws Exception {
    try (LineClient client = connect()) {
      assertEquals("watching", client.ask("watch"));
      HintSink sink = service.watchers.take();
      sink.hint(new MailboxId("m1"));
      assertEquals("hint m1", client.line());
      client.send("sleep 100\r\n");
      for (int i = 0; i < 10_000; i++) {
        sink.hint(new MailboxId("m" + i % 3));
      }
      int lines = 0;
      for (String line = client.line(); !line.equals("slept"); line = client.line()) {
        assertTrue(line.matches("hint m[012]"), line);
        lines++;
      }
      assertTrue(lines >= 3 && lines < 10_000, () -> "hints are merged");
    }
  }

  @Test
  void noticesAPeerThatVanishesDuringACall() throws Exception {
    try (LineClient client = connect()) {
      client.send("slow\r\n");
      assertTrue(service.slowBegan.await(10, TimeUnit.SECONDS));
      client.reset();
    }
    assertTrue(service.slowCancelled.await(10, TimeUnit.SECONDS), "the call is asked to cancel");
    assertEquals(0, service.lost.get(), "connectionLost comes last");
    service.slowMayEnd.countDown();
    await("connectionLost", () -> service.lost.get() == 1);
    assertEquals(1, service.slowEnded.get());
    assertEquals(0, service.resumedAfterLoss.get());
    await("gone", () -> server.connections() == 0);
  }

  @Test
  void sendsTheLastWordsAndCloses() throws IOException {
    try (LineClient client = connect()) {
      client.send("send 1000000\r\nclose\r\necho not to be answered\r\n");
      assertEquals(1_000_000, client.pattern(1_000_000));
      assertEquals("sent", client.line());
      assertEquals("bye", client.line());
      assertTrue(client.ended());
    }
    assertEquals("asked to", closedReason());
  }

  @Test
  void abortsAtOnce() throws IOException {
    try (LineClient client = connect()) {
      client.send("abort\r\n");
      assertTrue(client.ended());
    }
  }

  @Test
  void survivesAnEngineThatThrows() throws IOException {
    try (LineClient client = connect();
        LineClient other = again()) {
      client.send("throw\r\n");
      assertTrue(client.ended());
      assertEquals("alive", other.ask("echo alive"));
    }
    Event.Fault fault = events(Event.Fault.class).get(0);
    assertEquals("asked to", fault.cause().getMessage());
    await("connectionLost", () -> service.lost.get() >= 1);
  }

  @Test
  void speaksTlsFromTheFirstOctet() throws IOException {
    server = builder().start();
    try (LineClient client = new LineClient(server.address("tls"))) {
      assertEquals(
          "CN=localhost", client.startTls("localhost").getSubjectX500Principal().getName());
      assertEquals("hello 127.0.0.1", client.line());
      assertEquals("over tls", client.ask("echo over tls"));
      client.send("close\r\n");
      assertEquals("bye", client.line());
      assertTrue(client.ended());
    }
    assertEquals(1, events(Event.TlsStarted.class).size());
  }

  @Test
  void startsTlsWhenAsked() throws IOException {
    try (LineClient client = connect()) {
      assertEquals("begin", client.ask("starttls"));
      client.startTls("localhost");
      assertTrue(client.line().startsWith("secure TLSv1."));
      assertEquals("over tls", client.ask("echo over tls"));
      client.send("send 200000\r\n");
      assertEquals(200_000, client.pattern(200_000));
      assertEquals("sent", client.line());
    }
  }

  @Test
  void takesNothingAfterStartTlsAsACommand() throws IOException {
    try (LineClient client = connect()) {
      client.send("starttls\r\necho injected\r\n");
      assertEquals("begin", client.line());
      // What came in plaintext goes to TLS, which cannot make sense of it.
      assertThrows(IOException.class, () -> client.startTls("localhost"));
    }
    await("connectionLost", () -> service.lost.get() == 1);
    assertEquals(List.of(), events(Event.TlsStarted.class));
  }

  @Test
  void endsHandshakesThatTakeTooLong() throws IOException {
    server =
        builder()
            .limits(ServerLimits.builder().handshakeTimeout(Duration.ofMillis(50)).build())
            .start();
    try (LineClient silent = new LineClient(server.address("tls"));
        LineClient garbage = new LineClient(server.address("tls"))) {
      garbage.send("this is not TLS\r\n");
      assertTrue(garbage.ended());
      assertTrue(silent.ended());
    }
    try (LineClient client = again()) {
      assertEquals("begin", client.ask("starttls"));
      assertTrue(client.ended());
    }
  }

  @Test
  void renewsCertificatesWithoutRestart() throws IOException {
    try (LineClient before = connect()) {
      assertEquals("begin", before.ask("starttls"));
      before.startTls("localhost");
      assertTrue(before.line().startsWith("secure"));
      server.reloadTls(LineClient.tls("other.p12"));
      try (LineClient after = again()) {
        assertEquals("begin", after.ask("starttls"));
        assertEquals(
            "CN=other.example", after.startTls("localhost").getSubjectX500Principal().getName());
      }
      assertEquals("still here", before.ask("echo still here"));
    }
  }

  @Test
  void choosesTheCertificateByHostName() throws IOException {
    TlsConfig tls =
        TlsConfig.builder()
            .keys(LineClient.tls("localhost.p12").keys())
            .host("*.example", LineClient.tls("other.p12").keys())
            .build();
    server = builder().tls(tls).start();
    for (String host : List.of("other.example", "localhost", "deep.other.example")) {
      try (LineClient client = new LineClient(server.address("tls"))) {
        assertEquals(
            host.equals("other.example") ? "CN=other.example" : "CN=localhost",
            client.startTls(host).getSubjectX500Principal().getName());
        assertEquals("hello 127.0.0.1", client.line());
      }
    }
  }

  @Test
  void compresses() throws IOException {
    try (LineClient client = connect()) {
      assertEquals("begin", client.ask("compress"));
      client.compress();
      assertEquals("squeezed", client.ask("echo squeezed"));
      client.send("echo a\r\necho b\r\nsend 500000\r\n");
      assertEquals("a", client.line());
      assertEquals("b", client.line());
      assertEquals(500_000, client.pattern(500_000));
      assertEquals("sent", client.line());
      String word = "z".repeat(1_000_000);
      client.send("echo " + word + "\r\n");
      assertEquals(word, client.line());
    }
  }

  @Test
  void endsACompressedConnectionThatIsNot() throws IOException {
    try (LineClient client = connect()) {
      assertEquals("begin", client.ask("compress"));
      client.send("\377\377\377\377\377");
      assertTrue(client.ended());
    }
    assertEquals(List.of(), events(Event.Fault.class));
  }

  @Test
  void answersUnavailableWhenALaneIsFull() throws Exception {
    ServerLimits limits =
        ServerLimits.builder()
            .blocking(new LaneLimits(1, 0, 1, 0))
            .nativeCode(LaneLimits.of(1, 1))
            .cpu(LaneLimits.of(1, 1))
            .build();
    try (LineClient busy = connect(builder().limits(limits));
        LineClient other = again()) {
      busy.send("slow\r\n");
      assertTrue(service.slowBegan.await(10, TimeUnit.SECONDS));
      assertEquals("UNAVAILABLE", other.ask("sleep 0"));
      assertEquals(
          "abcdCANNOT".replace("b", "UNAVAILABLE").replace("CANNOT", "UNAVAILABLE"),
          other.ask("all"));
      service.slowMayEnd.countDown();
      assertEquals("slow done", busy.line());
    }
  }

  @Test
  void limitsConnections() throws IOException {
    try (LineClient one =
            connect(
                builder()
                    .limits(
                        ServerLimits.builder().connections(2).connectionsPerAddress(2).build()));
        LineClient two = again();
        LineClient three = new LineClient(server.address("plain"));
        LineClient four = new LineClient(server.address("tls"))) {
      assertEquals("away: TOO_MANY_CONNECTIONS", three.line());
      assertTrue(three.ended());
      assertTrue(four.ended());
      assertEquals("x", one.ask("echo x"));
      assertEquals("x", two.ask("echo x"));
      two.hangUp();
      await("room", () -> server.connections() == 1);
      again().close();
    }
    assertEquals("too many connections", events(Event.Refused.class).get(0).reason());
  }

  @Test
  void limitsConnectionsOfOneAddress() throws IOException {
    try (LineClient one =
            connect(
                builder()
                    .limits(
                        ServerLimits.builder().connections(10).connectionsPerAddress(1).build()));
        LineClient two = new LineClient(server.address("plain"))) {
      two.send("echo what nobody reads\r\n");
      assertEquals("away: TOO_MANY_CONNECTIONS", two.line());
      assertTrue(two.ended());
      one.hangUp();
      await("room", () -> server.connections() == 0);
      again().close();
    }
  }

  @Test
  void believesProxiesOnly() throws Exception {
    server =
        MailServer.builder()
            .transport(transport())
            .tls(LineClient.tls("localhost.p12"))
            .events((when, protocol, connection, event) -> events.add(event))
            .listen(
                new ListenerConfig("plain", "127.0.0.1", 0, TlsMode.STARTTLS, service)
                    .behind(Network.of("127.0.0.0/8")))
            .listen(
                new ListenerConfig("tls", "127.0.0.1", 0, TlsMode.IMPLICIT, service)
                    .behind(Network.of("127.0.0.1")))
            .listen(
                new ListenerConfig("strangers", "127.0.0.1", 0, TlsMode.NONE, service)
                    .behind(Network.of("10.0.0.0/8")))
            .start();
    try (LineClient client = new LineClient(server.address("plain"))) {
      client.send("PROXY TCP4 192.0.2.1 ");
      client.send("192.0.2.2 4711 143\r\necho x\r\n");
      assertEquals("hello 192.0.2.1", client.line());
      assertEquals("x", client.line());
      ConnectionInfo info = service.connections.take();
      assertEquals(new InetSocketAddress("192.0.2.1", 4711), info.peer());
      assertEquals(new InetSocketAddress("192.0.2.2", 143), info.local());
    }
    try (LineClient client = new LineClient(server.address("tls"))) {
      client.send("PROXY TCP6 2001:db8::1 2001:db8::2 4711 993\r\n");
      client.startTls("localhost");
      assertEquals("hello 2001:db8:0:0:0:0:0:1", client.line());
    }
    try (LineClient client = new LineClient(server.address("plain"))) {
      client.send("echo no header\r\n");
      assertTrue(client.ended());
    }
    try (LineClient client = new LineClient(server.address("strangers"))) {
      assertTrue(client.ended());
    }
  }

  @Test
  void stopsInOrderAndLetsRunningCallsFinish() throws Exception {
    try (LineClient busy = connect();
        LineClient idle = again()) {
      busy.send("slow\r\n");
      assertTrue(service.slowBegan.await(10, TimeUnit.SECONDS));
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> server.close());
      assertEquals("bye", idle.line());
      assertTrue(idle.ended());
      assertThrows(IOException.class, () -> new LineClient(server.address("plain")));
      assertFalse(stopping.isDone());
      service.slowMayEnd.countDown();
      assertEquals("slow done", busy.line());
      assertEquals("bye", busy.line());
      assertTrue(busy.ended());
      stopping.get(5, TimeUnit.SECONDS);
    }
    assertEquals(2, service.lost.get());
  }

  @Test
  void cutsOffWhoHasNotFinishedInTime() throws Exception {
    try (LineClient busy = connect()) {
      busy.send("slow\r\n");
      assertTrue(service.slowBegan.await(10, TimeUnit.SECONDS));
      CompletableFuture<Void> stopping =
          CompletableFuture.runAsync(() -> server.stop(Duration.ofMillis(100)));
      assertTrue(service.slowCancelled.await(10, TimeUnit.SECONDS));
      service.slowMayEnd.countDown();
      stopping.get(5, TimeUnit.SECONDS);
      assertTrue(busy.ended());
    }
  }

  @Test
  void holdsManyConnections() throws IOException {
    List<LineClient> clients = new ArrayList<>();
    server = builder().start();
    try {
      for (int i = 0; i < 1000; i++) {
        clients.add(again());
      }
      for (int i = 0; i < clients.size(); i += 7) {
        assertEquals("x" + i, clients.get(i).ask("echo x" + i));
      }
      assertEquals(1000, server.connections());
    } finally {
      for (LineClient client : clients) {
        client.close();
      }
    }
    await("all gone", () -> server.connections() == 0);
  }

  @Test
  void startsAgainOnTheSamePort() throws IOException {
    try (LineClient client = connect()) {
      int port = server.port("plain");
      server.stop(Duration.ofSeconds(1));
      server =
          MailServer.builder()
              .transport(transport())
              .listen("plain", "127.0.0.1", port, TlsMode.NONE, service)
              .start();
      assertEquals(port, server.port("plain"));
      again().close();
      assertEquals("bye", client.line());
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void unchecked(Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
