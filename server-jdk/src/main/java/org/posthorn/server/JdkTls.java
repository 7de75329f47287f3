package org.posthorn.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.TlsEngines;

/**
 * TLS by a context of the JDK's making.
 *
 * @param context knows itself whom to trust
 */
record JdkTls(SSLContext context) implements TlsEngines {
  /** {@code exportKeyingMaterialData}, which came with JDK 25; null before. */
  private static final @Nullable Method EXPORT = exportMethod();

  private static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding"; // RFC 9266 section 2
  private static final int EXPORTER_OCTETS = 32;

  @Override
  public SSLEngine newEngine(@Nullable TrustManager trust) {
    return context.createSSLEngine();
  }

  @Override
  public @Nullable Secret exporter(SSLEngine engine) {
    if (EXPORT == null || !(engine.getSession() instanceof ExtendedSSLSession session)) {
      return null;
    }
    try {
      return Secret.of(
          (byte[]) EXPORT.invoke(session, EXPORTER_LABEL, new byte[0], EXPORTER_OCTETS));
    } catch (InvocationTargetException e) {
      // The session cannot: TLS 1.2 without extended master secret, or another provider's.
      return null;
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
