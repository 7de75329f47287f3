package org.posthorn.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("server", certificate);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  /** What a client reads that connects to 127.0.0.1 and checks the certificate for this name. */
  private static int handshake(KeyMaterial keys, String name) throws Exception {
    InetAddress loopback = InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1});
    try (SSLServerSocket server =
        (SSLServerSocket)
            keys.sslContext().getServerSocketFactory().createServerSocket(0, 1, loopback)) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                  socket.getOutputStream().write(42);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      try (SSLSocket socket =
          (SSLSocket)
              trusting(keys.certificate())
                  .getSocketFactory()
                  .createSocket(loopback, server.getLocalPort())) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        int read = socket.getInputStream().read();
        served.join();
        return read;
      }
    }
  }

  @Test
  void clientsThatTrustItAcceptItForItsNames() throws Exception {
    KeyMaterial keys = SelfSigned.certificate("mail.example", "localhost", "127.0.0.1", "::1");
    assertEquals(42, handshake(keys, "mail.example"));
    assertEquals(42, handshake(keys, "localhost"));
    assertEquals(42, handshake(keys, "127.0.0.1"));
    assertThrows(SSLException.class, () -> handshake(keys, "other.example"));
  }

  @Test
  void namesAndTimesAreAsAskedFor() throws Exception {
    KeyMaterial keys =
        SelfSigned.certificate(
            List.of("bücher.example", "::1"), Duration.ofDays(2), Clock.systemUTC());
    X509Certificate certificate = keys.certificate();
    assertEquals(
        List.of(List.of(2, "xn--bcher-kva.example"), List.of(7, "0:0:0:0:0:0:0:1")),
        certificate.getSubjectAlternativeNames().stream().map(List::copyOf).toList());
    Instant end = certificate.getNotAfter().toInstant();
    Instant expected = Instant.now().plus(Duration.ofDays(2));
    assertTrue(Duration.between(end, expected).abs().compareTo(Duration.ofMinutes(5)) < 0);
    assertEquals(-1, certificate.getBasicConstraints());
    certificate.verify(certificate.getPublicKey());
  }

  @Test
  void pemIsReadBack() throws Exception {
    KeyMaterial keys = SelfSigned.certificate("localhost");
    byte[] pem = keys.certificatesPem().getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        keys.certificate(),
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    assertEquals("KeyMaterial[CN=localhost]", keys.toString());
  }

  @Test
  void keyManagerGivesTheChain() throws Exception {
    KeyMaterial keys = SelfSigned.certificate("localhost");
    String alias = keys.keyManager().chooseServerAlias("EC", null, null);
    assertEquals(keys.certificate(), keys.keyManager().getCertificateChain(alias)[0]);
  }

  @Test
  void aNameIsNeeded() {
    assertThrows(IllegalArgumentException.class, () -> SelfSigned.certificate());
  }

  @Test
  void keyAndCertificateMustBelongTogether() throws Exception {
    KeyMaterial one = SelfSigned.certificate("localhost");
    KeyMaterial two = SelfSigned.certificate("localhost");
    assertThrows(IllegalArgumentException.class, () -> new KeyMaterial(one.key(), two.chain()));
    assertThrows(IllegalArgumentException.class, () -> new KeyMaterial(one.key(), List.of()));
  }
}
