package org.posthorn.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.protocol.sasl.CertificateNames;
import org.posthorn.protocol.sasl.ExternalMechanism;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.security.BouncyCastleTls;
import org.posthorn.security.KeyMaterial;
import org.posthorn.security.SelfSigned;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsConfig;
import org.posthorn.server.TlsMode;

/** EXTERNAL with client certificates, over real handshakes of both drivers. */
class SaslOverTlsTest {
  private static final SaslPolicy POLICY =
      SaslPolicy.STANDARD.with(new ExternalMechanism(CertificateNames.commonName()));

  static Stream<Arguments> everywhere() {
    return Stream.of(Setup.Driver.values())
        .flatMap(
            driver ->
                Stream.of(SaslProtocol.values())
                    .flatMap(
                        protocol ->
                            Stream.of(false, true)
                                .map(castle -> Arguments.of(driver, protocol, castle))));
  }

  @ParameterizedTest(name = "{0}, {1}, Bouncy Castle: {2}")
  @MethodSource("everywhere")
  void clientCertificates(Setup.Driver driver, SaslProtocol protocol, boolean castle)
      throws Exception {
    KeyMaterial keys = SelfSigned.certificate(TestServer.HOST);
    KeyMaterial alice = SelfSigned.certificate("alice");
    TlsConfig.Builder tls =
        TlsConfig.builder().clientAuth(TlsConfig.ClientAuth.OPTIONAL, TestTls.trusting(alice));
    if (castle) {
      tls.engines(new BouncyCastleTls(keys));
    } else {
      tls.keys(keys.keyManager());
    }
    try (MailServer server =
        MailServer.builder()
            .transport(driver.transport())
            .tls(tls.build())
            .listen("tls", TestServer.HOST, 0, TlsMode.IMPLICIT, protocol.service(POLICY))
            .start()) {
      SSLContext known = context(keys, alice.keyManager());
      try (TlsPeer peer = TlsPeer.open(known, server.port("tls"))) {
        String all = protocol.open(peer);
        assertTrue(all.contains("EXTERNAL"), all);
        String refused = peer.ask(protocol.authenticate + "EXTERNAL " + encode("bob"));
        assertTrue(refused.startsWith(protocol.refusal), refused);
        String in = peer.ask(protocol.authenticate + "EXTERNAL =");
        assertTrue(in.startsWith(protocol.success), in);
      }
      try (TlsPeer peer = TlsPeer.open(context(keys), server.port("tls"))) {
        assertFalse(protocol.open(peer).contains("EXTERNAL"));
        String refused = peer.ask(protocol.authenticate + "EXTERNAL =");
        assertFalse(refused.startsWith(protocol.success), refused);
      }
    }
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static SSLContext context(KeyMaterial trusted, KeyManager... own)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, new TrustManager[] {TestTls.trusting(trusted)}, null);
    return context;
  }
}
