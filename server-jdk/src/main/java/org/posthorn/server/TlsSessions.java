package org.posthorn.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
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

/** What transports tell about a finished TLS handshake. */
public final class TlsSessions {
  /** {@code exportKeyingMaterialData}, which came with JDK 25; null before. */
  private static final @Nullable Method EXPORT = exportMethod();

  private static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding"; // RFC 9266 section 2
  private static final int EXPORTER_OCTETS = 32;

  private TlsSessions() {}

  /** Describes an established session of the server side. */
  public static TlsInfo describe(SSLSession session) {
    Certificate[] own = session.getLocalCertificates();
    return new TlsInfo(
        session.getProtocol(),
        session.getCipherSuite(),
        requestedHost(session),
        peerCertificates(session),
        own == null || own.length == 0 ? null : own[0],
        exporter(session));
  }

  static @Nullable String requestedHost(SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return null;
  }

  private static List<Certificate> peerCertificates(SSLSession session) {
    try {
      return List.of(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException e) {
      return List.of(); // JSSE's way to say that the client showed none
    }
  }

  private static @Nullable Secret exporter(SSLSession session) {
    if (EXPORT == null || !(session instanceof ExtendedSSLSession)) {
      return null;
    }
    try {
      return Secret.of(
          (byte[]) EXPORT.invoke(session, EXPORTER_LABEL, new byte[0], EXPORTER_OCTETS));
    } catch (InvocationTargetException e) {
      return null; // the session cannot: TLS 1.2 without extended master secret, or another
      // provider
    } catch (IllegalAccessException e) {
      throw new LinkageError("exportKeyingMaterialData", e);
    }
  }

  private static @Nullable Method exportMethod() {
    try {
      return ExtendedSSLSession.class.getMethod(
          "exportKeyingMaterialData", String.class, byte[].class, int.class);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
