package org.posthorn.smtp.client;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which certificates a client believes. Thread-safe. */
public final class ClientTls {
  private final SSLContext verifying;
  private final SSLContext believing;

  private ClientTls(SSLContext verifying) {
    this.verifying = verifying;
    try {
      believing = SSLContext.getInstance("TLS");
      believing.init(null, new TrustManager[] {new AnyCertificate()}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /** Certificates are verified against the authorities that the JDK knows. */
  public static ClientTls standard() {
    try {
      return new ClientTls(SSLContext.getDefault());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK's trust store cannot be used", e);
    }
  }

  /** Certificates are verified as the context says. */
  public static ClientTls of(SSLContext context) {
    return new ClientTls(context);
  }

  /**
   * The context for a handshake. Opportunistic TLS takes any certificate: whoever could forge one
   * could as well hide STARTTLS (RFC 7435 section 4).
   */
  SSLContext context(boolean verified) {
    return verified ? verifying : believing;
  }

  private static final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
