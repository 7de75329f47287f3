package org.posthorn.server.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.posthorn.server.TlsConfig;

/**
 * Makes TLS handlers: by OpenSSL where it is there and can use the keys, else by the JDK.
 * Thread-safe.
 */
final class TlsHandlers {
  private final boolean openSsl;

  /** The OpenSSL context of the newest settings; handshakes under way hold their own reference. */
  private @Nullable SslContext context;

  private @Nullable TlsConfig settings;

  private TlsHandlers(boolean openSsl) {
    this.openSsl = openSsl;
  }

  static TlsHandlers best() {
    return new TlsHandlers(OpenSsl.isAvailable());
  }

  static TlsHandlers jdk() {
    return new TlsHandlers(false);
  }

  /**
   * A handler for one connection.
   *
   * @param tasks where the expensive parts of the handshake run
   */
  SslHandler handler(TlsConfig tls, ByteBufAllocator allocator, Executor tasks)
      throws SSLException {
    X509ExtendedKeyManager keys = tls.keys();
    SslHandler handler =
        openSsl && keys != null
            ? openSsl(tls, keys, allocator, tasks)
            : new SslHandler(tls.newEngine(), tasks);
    handler.setHandshakeTimeoutMillis(0); // the connection has a timer for that
    return handler;
  }

  private synchronized SslHandler openSsl(
      TlsConfig tls, X509ExtendedKeyManager keys, ByteBufAllocator allocator, Executor tasks)
      throws SSLException {
    SslContext current = context;
    if (current == null || settings != tls) {
      current = newContext(tls, keys);
      ReferenceCountUtil.release(context);
      context = current;
      settings = tls;
    }
    return current.newHandler(allocator, tasks);
  }

  private static SslContext newContext(TlsConfig tls, X509ExtendedKeyManager keys)
      throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(keys)
            .sslProvider(SslProvider.OPENSSL_REFCNT)
            .protocols(tls.protocols())
            .clientAuth(clientAuth(tls.clientAuth()));
    if (!tls.cipherSuites().isEmpty()) {
      builder.ciphers(tls.cipherSuites());
    }
    if (tls.trust() != null) {
      builder.trustManager(tls.trust());
    }
    return builder.build();
  }

  private static ClientAuth clientAuth(TlsConfig.ClientAuth wanted) {
    return switch (wanted) {
      case NONE -> ClientAuth.NONE;
      case OPTIONAL -> ClientAuth.OPTIONAL;
      case REQUIRED -> ClientAuth.REQUIRE;
    };
  }

  synchronized void close() {
    ReferenceCountUtil.release(context);
    context = null;
    settings = null;
  }

  @Override
  public String toString() {
    return openSsl ? "OpenSSL" : "the JDK";
  }
}
