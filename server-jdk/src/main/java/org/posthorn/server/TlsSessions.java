package org.posthorn.server;

import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.TlsInfo;

/** What is told about a finished TLS handshake. */
final class TlsSessions {
  private TlsSessions() {}

  /** Describes an established session of the server side. */
  static TlsInfo describe(SSLSession session, @Nullable Secret exporter) {
    Certificate[] own = session.getLocalCertificates();
    return new TlsInfo(
        session.getProtocol(),
        session.getCipherSuite(),
        requestedHost(session),
        peerCertificates(session),
        own == null || own.length == 0 ? null : own[0],
        exporter);
  }

  static @Nullable String requestedHost(SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : requestedNames(extended)) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return null;
  }

  private static List<SNIServerName> requestedNames(ExtendedSSLSession session) {
    try {
      return session.getRequestedServerNames();
    } catch (UnsupportedOperationException e) {
      return List.of(); // Bouncy Castle's, once the handshake is done
    }
  }

  private static List<Certificate> peerCertificates(SSLSession session) {
    try {
      return List.of(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException e) {
      return List.of(); // JSSE's way to say that the client showed none
    }
  }
}
