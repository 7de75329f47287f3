package org.posthorn.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.security.BouncyCastleTls;
import org.posthorn.security.KeyMaterial;
import org.posthorn.security.SelfSigned;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsConfig;
import org.posthorn.server.TlsMode;
import org.posthorn.testkit.sasl.ScramClient;

/**
 * The -PLUS forms of SCRAM over real handshakes, with a TLS client of another make: every protocol,
 * both drivers, the JDK's TLS (from JDK 25) and Bouncy Castle's.
 */
class ChannelBindingOverTlsTest {
  private static final String ANNOUNCED = "SCRAM-SHA-256-PLUS";
  private static final KeyMaterial KEYS = keys();

  enum Layer {
    JDK,
    BOUNCY_CASTLE;

    TlsConfig config() throws GeneralSecurityException {
      return this == JDK
          ? TlsConfig.of(KEYS.sslContext())
          : TlsConfig.builder().engines(new BouncyCastleTls(KEYS)).build();
    }
  }

  private static KeyMaterial keys() {
    try {
      return SelfSigned.certificate(TestServer.HOST);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Arguments> everywhere() {
    return Stream.of(Layer.values())
        .flatMap(
            layer ->
                Stream.of(Setup.Driver.values())
                    .flatMap(
                        driver ->
                            Stream.of(SaslProtocol.values())
                                .map(protocol -> Arguments.of(layer, driver, protocol))));
  }

  private static MailServer server(Layer layer, Setup.Driver driver, SaslProtocol protocol)
      throws IOException, GeneralSecurityException {
    return MailServer.builder()
        .transport(driver.transport())
        .tls(layer.config())
        .listen("tls", TestServer.HOST, 0, TlsMode.IMPLICIT, protocol.service(SaslPolicy.STANDARD))
        .start();
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("everywhere")
  void bindings(Layer layer, Setup.Driver driver, SaslProtocol protocol) throws Exception {
    assumeTrue(
        layer == Layer.BOUNCY_CASTLE || Runtime.version().feature() >= 25,
        "the JDK's TLS gives tls-exporter from JDK 25");
    try (MailServer server = server(layer, driver, protocol)) {
      for (String hash : new String[] {"SHA-1", "SHA-256", "SHA-512"}) {
        try (TlsPeer peer = TlsPeer.binding(server.port("tls"))) {
          assertTrue(protocol.open(peer).contains(ANNOUNCED));
          logsIn(protocol, peer, hash, "p=tls-exporter,,", peer.exporter());
        }
      }
      try (TlsPeer peer = TlsPeer.binding(server.port("tls"))) {
        protocol.open(peer);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(peer.serverCertificate());
        logsIn(protocol, peer, "SHA-256", "p=tls-server-end-point,,", digest);
      }
    }
  }

  /** What a man in the middle has to offer: another connection's binding, or none. */
  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("everywhere")
  void anotherConnectionsBinding(Layer layer, Setup.Driver driver, SaslProtocol protocol)
      throws Exception {
    assumeTrue(
        layer == Layer.BOUNCY_CASTLE || Runtime.version().feature() >= 25,
        "the JDK's TLS gives tls-exporter from JDK 25");
    try (MailServer server = server(layer, driver, protocol);
        TlsPeer other = TlsPeer.binding(server.port("tls"));
        TlsPeer peer = TlsPeer.binding(server.port("tls"))) {
      protocol.open(peer);
      ScramClient client =
          new ScramClient("SHA-256", "p=tls-exporter,,", other.exporter(), "alice", "pencil");
      String first = begin(protocol, peer, ANNOUNCED, client);
      String answer = peer.ask(base64(client.last(first)));
      assertTrue(answer.startsWith(protocol.refusal), answer);
      // "I could, but you do not offer it": somebody took the offer away (RFC 5802 section 6).
      ScramClient deceived = new ScramClient("SHA-256", "y,,", new byte[0], "alice", "pencil");
      answer = peer.ask(protocol.authenticate + "SCRAM-SHA-256 " + base64(deceived.first()));
      assertTrue(answer.startsWith(protocol.refusal), answer);
      ScramClient plain = new ScramClient("SHA-256", "n,,", new byte[0], "alice", "pencil");
      first = begin(protocol, peer, "SCRAM-SHA-256", plain);
      finish(protocol, peer, plain, first);
    }
  }

  /** Where the TLS layer gives no exporter nothing is announced. */
  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("everywhere")
  void notAnnouncedWithoutExporter(Layer layer, Setup.Driver driver, SaslProtocol protocol)
      throws Exception {
    assumeTrue(
        layer == Layer.JDK && Runtime.version().feature() < 25, "this TLS layer gives an exporter");
    try (MailServer server = server(layer, driver, protocol);
        TlsPeer peer = TlsPeer.binding(server.port("tls"))) {
      String all = protocol.open(peer);
      assertTrue(all.contains("SCRAM-SHA-256"));
      assertFalse(all.contains("-PLUS"), all);
    }
  }

  private static void logsIn(
      SaslProtocol protocol, TlsPeer peer, String hash, String gs2, byte[] binding)
      throws IOException {
    ScramClient client = new ScramClient(hash, gs2, binding, "alice", "pencil");
    String first = begin(protocol, peer, "SCRAM-" + hash + "-PLUS", client);
    finish(protocol, peer, client, first);
  }

  private static String begin(
      SaslProtocol protocol, TlsPeer peer, String mechanism, ScramClient client)
      throws IOException {
    return challenge(
        protocol, peer.ask(protocol.authenticate + mechanism + " " + base64(client.first())));
  }

  private static void finish(SaslProtocol protocol, TlsPeer peer, ScramClient client, String first)
      throws IOException {
    String last = challenge(protocol, peer.ask(base64(client.last(first))));
    assertEquals(client.expected(first), last);
    String end = peer.ask("");
    assertTrue(end.startsWith(protocol.success), end);
  }

  private static String challenge(SaslProtocol protocol, String line) {
    assertTrue(line.startsWith(protocol.challenge), line);
    return new String(
        Base64.getDecoder().decode(line.substring(protocol.challenge.length())), UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
