package org.posthorn.server;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.posthorn.protocol.EngineFactory;

/** For tests of other transports: a service to start a server with. */
public final class LineServices {
  private LineServices() {}

  public static EngineFactory newService() {
    return new LineEngine.Service();
  }

  /** A certificate for localhost, password "secret". */
  public static KeyStore keyStore() {
    return LineClient.keyStore("localhost.p12");
  }

  /** Trusts that certificate. */
  public static KeyStore trustStore() {
    KeyStore keys = keyStore();
    try {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("localhost", keys.getCertificate("one"));
      return trust;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
