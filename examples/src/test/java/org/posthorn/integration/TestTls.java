package org.posthorn.integration;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.posthorn.security.KeyMaterial;
import org.posthorn.security.SelfSigned;
import org.posthorn.server.TlsConfig;

/** One certificate for all servers under test, and clients that trust it alone. */
final class TestTls {
  private static final KeyMaterial CERTIFICATE = certificate();
  private static final X509TrustManager TRUST = trust();

  private TestTls() {}

  static TlsConfig server() throws GeneralSecurityException {
    return TlsConfig.of(CERTIFICATE.keyManager());
  }

  static SSLContext client() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new X509TrustManager[] {TRUST}, null);
    return context;
  }

  static X509TrustManager trustManager() {
    return TRUST;
  }

  private static KeyMaterial certificate() {
    try {
      return SelfSigned.certificate(
          List.of("localhost", TestServer.HOST), Duration.ofDays(1), Clock.systemUTC());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509TrustManager trust() {
    return trusting(CERTIFICATE);
  }

  /** Trusts one certificate alone. */
  static X509TrustManager trusting(KeyMaterial trusted) {
    try {
      KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
      known.load(null, null);
      known.setCertificateEntry("trusted", trusted.certificate());
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(known);
      return (X509TrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
