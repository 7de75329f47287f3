package org.posthorn.collector;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.posthorn.security.KeyMaterial;
import org.posthorn.security.SelfSigned;
import org.posthorn.server.TlsConfig;

/** One certificate for all servers under test, and clients that trust it alone. */
final class TestCertificate {
  private static final KeyMaterial CERTIFICATE = certificate();

  private TestCertificate() {}

  static TlsConfig server() throws GeneralSecurityException {
    return TlsConfig.of(CERTIFICATE.keyManager());
  }

  static X509TrustManager trust() throws GeneralSecurityException, IOException {
    KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
    known.load(null, null);
    known.setCertificateEntry("server", CERTIFICATE.certificate());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(known);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  private static KeyMaterial certificate() {
    try {
      return SelfSigned.certificate(List.of("localhost"), Duration.ofDays(1), Clock.systemUTC());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
