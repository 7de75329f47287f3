package org.posthorn.testkit.junit;

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

/** One certificate for all tests of a process, made when the first of them wants TLS. */
final class TestCertificate {
  private static final KeyMaterial MATERIAL = make();

  private TestCertificate() {}

  static TlsConfig server() throws GeneralSecurityException {
    return TlsConfig.of(MATERIAL.keyManager());
  }

  static SSLContext client() throws GeneralSecurityException {
    try {
      KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
      known.load(null, null);
      known.setCertificateEntry("posthorn", MATERIAL.certificate());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(known);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyMaterial make() {
    try {
      return SelfSigned.certificate(
          List.of("localhost", PosthornExtension.HOST), Duration.ofDays(1), Clock.systemUTC());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
