package org.posthorn.server;

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
}
