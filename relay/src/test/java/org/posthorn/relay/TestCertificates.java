package org.posthorn.relay;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.posthorn.security.KeyMaterial;
import org.posthorn.security.SelfSigned;
import org.posthorn.server.TlsConfig;
import org.posthorn.smtp.client.ClientTls;

/** One certificate for all servers under test, and clients that trust it alone. */
final class TestCertificates {
  private static final KeyMaterial CERTIFICATE = certificate();

  private TestCertificates() {}

  static TlsConfig server() throws GeneralSecurityException {
    return TlsConfig.of(CERTIFICATE.keyManager());
  }

  static ClientTls client() throws GeneralSecurityException, IOException {
    KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
    known.load(null, null);
    known.setCertificateEntry("server", CERTIFICATE.certificate());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return ClientTls.of(context);
  }

  private static KeyMaterial certificate() {
    try {
      return SelfSigned.certificate(List.of("localhost"), Duration.ofDays(1), Clock.systemUTC());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
