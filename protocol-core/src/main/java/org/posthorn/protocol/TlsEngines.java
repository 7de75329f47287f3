package org.posthorn.protocol;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS of another maker than the JDK, server side. Thread-safe. */
public interface TlsEngines {
  /**
   * An engine for one connection, with the maker's own defaults.
   *
   * @param trust judges client certificates; null for the maker's default
   */
  SSLEngine newEngine(@Nullable TrustManager trust);

  /**
   * The channel binding tls-exporter (RFC 9266) of a connection whose handshake is done.
   *
   * @param engine one that {@link #newEngine} gave
   * @return null where the connection has none
   */
  @Nullable Secret exporter(SSLEngine engine);
}
