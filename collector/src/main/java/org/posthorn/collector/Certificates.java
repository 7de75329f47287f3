package org.posthorn.collector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Which servers are believed: those whose certificate proves their name. Thread-safe. */
final class Certificates {
  private final X509TrustManager trust;
  private final SSLContext context;

  Certificates(X509TrustManager trust) {
    this.trust = trust;
    try {
      context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /** The authorities that the JDK knows. */
  static X509TrustManager standard() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      for (TrustManager one : factory.getTrustManagers()) {
        if (one instanceof X509TrustManager x509) {
          return x509;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK's trust store cannot be used", e);
    }
    throw new IllegalStateException("the JDK's trust store cannot be used");
  }

  X509TrustManager trust() {
    return trust;
  }

  SSLContext context() {
    return context;
  }

  /** Sockets that insist on the name before anything is said. */
  SocketFactory sockets() {
    return new Verifying(context.getSocketFactory());
  }

  private static final class Verifying extends SocketFactory {
    private final SocketFactory plain;

    Verifying(SocketFactory plain) {
      this.plain = plain;
    }

    private static Socket verified(Socket socket) {
      SSLSocket secure = (SSLSocket) socket;
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      return secure;
    }

    @Override
    public Socket createSocket() throws IOException {
      return verified(plain.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return verified(plain.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return verified(plain.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return verified(plain.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return verified(plain.createSocket(host, port, local, localPort));
    }
  }
}
