package org.posthorn.security;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.TlsEngines;

/**
 * TLS by Bouncy Castle's JSSE, which gives the channel binding tls-exporter under TLS 1.3 on every
 * JDK; the JDK's own gives it from JDK 25. Sessions are not resumed. Thread-safe.
 */
public final class BouncyCastleTls implements TlsEngines {
  private static final char[] NO_PASSWORD = {};

  private final Provider algorithms = new BouncyCastleProvider();
  private final KeyManager[] keys;

  /** Weak, because nobody says when a connection ends. */
  private final Map<SSLEngine, ExporterCrypto> handshakes =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param first for clients that name no host, or none of the certificates' hosts
   * @param others found by the host that a client asks for (SNI)
   */
  public BouncyCastleTls(KeyMaterial first, KeyMaterial... others) throws GeneralSecurityException {
    KeyStore store = first.keyStore(NO_PASSWORD);
    for (int i = 0; i < others.length; i++) {
      store.setKeyEntry("host" + i, others[i].key(), NO_PASSWORD, others[i].chainArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance("PKIX", provider(new ExporterCrypto(algorithms)));
    factory.init(store, NO_PASSWORD);
    keys = factory.getKeyManagers();
  }

  private static Provider provider(ExporterCrypto crypto) {
    return new BouncyCastleJsseProvider(false, crypto);
  }

  @Override
  public SSLEngine newEngine(@Nullable TrustManager trust) {
    // A context for each connection: that is how the secrets that it derives are known as its own.
    ExporterCrypto crypto = new ExporterCrypto(algorithms);
    try {
      SSLContext context = SSLContext.getInstance("TLS", provider(crypto));
      context.init(keys, trust == null ? null : new TrustManager[] {trust}, new SecureRandom());
      SSLEngine engine = context.createSSLEngine();
      handshakes.put(engine, crypto);
      return engine;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Bouncy Castle's TLS cannot be set up", e);
    }
  }

  @Override
  public @Nullable Secret exporter(SSLEngine engine) {
    ExporterCrypto crypto = handshakes.remove(engine);
    return crypto == null ? null : crypto.channelBinding();
  }

  @Override
  public String toString() {
    return "BouncyCastleTls";
  }
}
