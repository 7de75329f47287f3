package org.posthorn.security;

import java.security.Provider;
import java.security.SecureRandom;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;

/**
 * The cryptography of one connection, which keeps tls-exporter when it can be computed. Bouncy
 * Castle's JSSE offers it as {@code BCSSLConnection.getChannelBinding}, but wipes what it needs
 * before it hands that object out ("Export of key material only available from
 * notifyHandshakeComplete()").
 */
final class ExporterCrypto extends JcaTlsCryptoProvider {
  /** Written by the handshake, read when it is done: the engine's lock lies between. */
  private volatile @Nullable Secret channelBinding;

  ExporterCrypto(Provider algorithms) {
    setProvider(algorithms);
  }

  /** Null under TLS 1.2 and before the handshake's end. */
  @Nullable Secret channelBinding() {
    return channelBinding;
  }

  void channelBinding(byte[] exported) {
    channelBinding = Secret.of(exported);
  }

  @Override
  public JcaTlsCrypto create(SecureRandom keys, SecureRandom nonces) {
    return new JcaTlsCrypto(getHelper(), getAltHelper(), keys, nonces) {
      @Override
      public TlsSecret hkdfInit(int hash) {
        return new ExporterSecret(super.hkdfInit(hash), ExporterCrypto.this);
      }

      @Override
      public TlsSecret adoptSecret(TlsSecret secret) {
        return super.adoptSecret(ExporterSecret.plain(secret));
      }
    };
  }
}
