package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.imap.ImapService;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.server.ListenerConfig;
import org.posthorn.server.MailServer;
import org.posthorn.server.Network;
import org.posthorn.server.TlsMode;
import org.posthorn.smtp.SmtpService;
import org.posthorn.store.MailStore;
import org.posthorn.store.memory.MemoryStore;

/**
 * The PROXY protocol, versions 1 and 2, before each of our protocols: believed from trusted
 * addresses, which must begin with it; from all others not even listened to.
 */
class ProxyProtocolTest {
  private static final String HOST = "mx.example.org";
  private static final InetSocketAddress CLAIMED = new InetSocketAddress("192.0.2.7", 4711);
  private static final InetSocketAddress CLAIMED6 = new InetSocketAddress("2001:db8::7", 4711);
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  private static final byte[] VERSION_1 = ascii("PROXY TCP4 192.0.2.7 192.0.2.2 4711 25\r\n");
  private static final byte[] VERSION_1_SIX =
      ascii("PROXY TCP6 2001:db8::7 2001:db8::2 4711 25\r\n");
  private static final byte[] VERSION_2 =
      HexFormat.of().parseHex(SIGNATURE + "2111" + "000c" + "c0000207c0000202" + "12670019");
  private static final byte[] VERSION_2_SIX =
      HexFormat.of()
          .parseHex(
              SIGNATURE
                  + "2121"
                  + "0024"
                  + "20010db8000000000000000000000007"
                  + "20010db8000000000000000000000002"
                  + "12670019");

  /** What stands behind the listener, and how it greets. */
  enum Behind {
    IMAP("* OK"),
    POP3("+OK"),
    MX("220 "),
    SUBMISSION("220 "),
    LMTP("220 ");

    final String greeting;

    Behind(String greeting) {
      this.greeting = greeting;
    }

    EngineFactory service() {
      MailStore store = MemoryStore.withAccounts("alice");
      MemoryAuthenticator users = new MemoryAuthenticator().user("alice", "pencil");
      LocalDelivery delivery = LocalDelivery.into(store, HOST).build();
      return switch (this) {
        case IMAP -> ImapService.builder().store(store).authenticator(users).build();
        case POP3 -> Pop3Service.builder().store(store).authenticator(users).build();
        case MX -> SmtpService.mx(HOST, delivery).build();
        case SUBMISSION -> SmtpService.submission(HOST, delivery, users).build();
        case LMTP -> SmtpService.lmtp(HOST, delivery).build();
      };
    }
  }

  private record Seen(ConnectionInfo connection, Event event) {}

  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

  static Stream<Arguments> everywhere() {
    return Stream.of(Setup.Driver.values())
        .flatMap(driver -> Stream.of(Behind.values()).map(what -> Arguments.of(driver, what)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private MailServer.Builder builder(Setup.Driver driver) {
    return MailServer.builder()
        .transport(driver.transport())
        .tls(tls())
        .events((when, protocol, connection, event) -> seen.add(new Seen(connection, event)));
  }

  private static org.posthorn.server.TlsConfig tls() {
    try {
      return TestTls.server();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ListenerConfig listener(String name, TlsMode mode, Behind what, String proxies) {
    return new ListenerConfig(name, TestServer.HOST, 0, mode, what.service())
        .behind(Network.of(proxies));
  }

  private List<InetSocketAddress> connected() {
    return seen.stream()
        .filter(one -> one.event() instanceof Event.Connected)
        .map(one -> one.connection().peer())
        .toList();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everywhere")
  void isBelievedFromTrustedAddresses(Setup.Driver driver, Behind what) throws Exception {
    try (MailServer server =
        builder(driver)
            .listen(listener("plain", TlsMode.STARTTLS, what, "127.0.0.0/8"))
            .listen(listener("tls", TlsMode.IMPLICIT, what, "127.0.0.1"))
            .start()) {
      for (byte[] header : List.of(VERSION_1, VERSION_2, VERSION_1_SIX, VERSION_2_SIX)) {
        try (OctetSocket socket = new OctetSocket(server.port("plain"))) {
          socket.send(header);
          assertTrue(socket.line().startsWith(what.greeting));
        }
        try (OctetSocket socket = new OctetSocket(server.port("tls"))) {
          socket.send(header);
          socket.startTls();
          assertTrue(socket.line().startsWith(what.greeting));
        }
      }
      assertEquals(
          List.of(CLAIMED, CLAIMED, CLAIMED, CLAIMED, CLAIMED6, CLAIMED6, CLAIMED6, CLAIMED6),
          connected());
    }
  }

  /** A proxy that speaks for itself, as its health checks do: its own address stands. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everywhere")
  void localKeepsTheProxysOwnAddress(Setup.Driver driver, Behind what) throws Exception {
    try (MailServer server =
        builder(driver).listen(listener("plain", TlsMode.NONE, what, "127.0.0.1")).start()) {
      for (byte[] header :
          List.of(ascii("PROXY UNKNOWN\r\n"), HexFormat.of().parseHex(SIGNATURE + "20000000"))) {
        try (OctetSocket socket = new OctetSocket(server.port("plain"))) {
          socket.send(header);
          assertTrue(socket.line().startsWith(what.greeting));
        }
      }
      assertTrue(
          connected().stream().allMatch(peer -> peer.getAddress().isLoopbackAddress()),
          connected()::toString);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everywhere")
  void nothingIsHeardFromElsewhereOrWithoutHeader(Setup.Driver driver, Behind what)
      throws Exception {
    try (MailServer server =
        builder(driver)
            .listen(listener("strangers", TlsMode.NONE, what, "10.0.0.0/8"))
            .listen(listener("trusted", TlsMode.NONE, what, "127.0.0.1"))
            .start()) {
      for (byte[] header : List.of(VERSION_1, VERSION_2)) {
        try (OctetSocket socket = new OctetSocket(server.port("strangers"))) {
          assertClosed(socket, header);
        }
      }
      for (String first : List.of("EHLO client.example\r\n", "PROXY TCP4 x y 1 2\r\n")) {
        try (OctetSocket socket = new OctetSocket(server.port("trusted"))) {
          assertClosed(socket, ascii(first));
        }
      }
      assertEquals(List.of(), connected());
      List<String> reasons =
          seen.stream()
              .filter(one -> one.event() instanceof Event.Refused)
              .map(one -> ((Event.Refused) one.event()).reason())
              .toList();
      assertEquals(
          List.of(
              "not from a proxy",
              "not from a proxy",
              "no PROXY header",
              "PROXY line without an address"),
          reasons);
    }
  }

  /** Where no proxy is expected a header is one more line that nobody understands. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everywhere")
  void isNoneOfOurCommands(Setup.Driver driver, Behind what) throws Exception {
    try (MailServer server =
            builder(driver)
                .listen("plain", TestServer.HOST, 0, TlsMode.NONE, what.service())
                .start();
        OctetSocket socket = new OctetSocket(server.port("plain"))) {
      assertTrue(socket.line().startsWith(what.greeting));
      socket.send(VERSION_1);
      String answer = socket.line();
      assertTrue(answer.matches("(PROXY BAD|\\* BAD|-ERR|500) .*"), answer);
      assertFalse(connected().contains(CLAIMED));
    }
  }

  /** Not one octet comes. */
  private static void assertClosed(OctetSocket socket, byte[] sent) {
    IOException end =
        assertThrows(
            IOException.class,
            () -> {
              socket.send(sent);
              socket.line();
            });
    if (end instanceof EOFException) {
      assertEquals("the server closed after: ", end.getMessage());
    }
  }
}
