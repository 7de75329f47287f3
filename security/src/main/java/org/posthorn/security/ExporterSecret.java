package org.posthorn.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.bouncycastle.tls.crypto.CryptoHashAlgorithm;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsEncryptor;
import org.bouncycastle.tls.crypto.TlsSecret;

/**
 * A secret of the key schedule of TLS 1.3 (RFC 8446 section 7.1), and all that is derived from it.
 * It is what it wraps, and notices the exporter's master secret.
 */
final class ExporterSecret implements TlsSecret {
  private static final int BINDING_OCTETS = 32; // RFC 9266 section 2
  private static final byte[] EXPORTER_MASTER = "tls13 exp master".getBytes(US_ASCII);

  private final TlsSecret secret;
  private final ExporterCrypto crypto;

  ExporterSecret(TlsSecret secret, ExporterCrypto crypto) {
    this.secret = secret;
    this.crypto = crypto;
  }

  @Override
  public TlsSecret hkdfExtract(int hash, TlsSecret keyingMaterial) {
    return new ExporterSecret(secret.hkdfExtract(hash, plain(keyingMaterial)), crypto);
  }

  @Override
  public TlsSecret hkdfExpand(int hash, byte[] info, int length) {
    TlsSecret expanded = secret.hkdfExpand(hash, info, length);
    if (hasLabel(info, EXPORTER_MASTER)) {
      export(expanded, hash, length);
    }
    return new ExporterSecret(expanded, crypto);
  }

  /** HkdfLabel, RFC 8446 section 7.1: two octets of length, then the label and its length. */
  private static boolean hasLabel(byte[] info, byte[] label) {
    if (info.length < 3 + label.length || info[2] != label.length) {
      return false;
    }
    for (int i = 0; i < label.length; i++) {
      if (info[3 + i] != label[i]) {
        return false;
      }
    }
    return true;
  }

  /** RFC 8446 section 7.5, with an empty context. */
  private void export(TlsSecret master, int hash, int length) {
    try {
      byte[] nothing = digestOfNothing(hash);
      TlsSecret derived =
          TlsCryptoUtils.hkdfExpandLabel(master, hash, "EXPORTER-Channel-Binding", nothing, length);
      TlsSecret exported =
          TlsCryptoUtils.hkdfExpandLabel(derived, hash, "exporter", nothing, BINDING_OCTETS);
      crypto.channelBinding(exported.extract());
      derived.destroy();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("tls-exporter cannot be computed", e);
    }
  }

  private static byte[] digestOfNothing(int hash) throws GeneralSecurityException {
    String name =
        switch (hash) {
          case CryptoHashAlgorithm.sha256 -> "SHA-256";
          case CryptoHashAlgorithm.sha384 -> "SHA-384";
          default -> throw new GeneralSecurityException("no cipher suite has hash " + hash);
        };
    return MessageDigest.getInstance(name).digest();
  }

  /** What Bouncy Castle's own code can copy. */
  static TlsSecret plain(TlsSecret secret) {
    return secret instanceof ExporterSecret wrapped ? wrapped.secret : secret;
  }

  @Override
  public byte[] calculateHMAC(int hash, byte[] text, int offset, int length) {
    return secret.calculateHMAC(hash, text, offset, length);
  }

  @Override
  public TlsSecret deriveUsingPRF(int prf, String label, byte[] seed, int length) {
    return secret.deriveUsingPRF(prf, label, seed, length);
  }

  @Override
  public void destroy() {
    secret.destroy();
  }

  @Override
  public byte[] encrypt(TlsEncryptor encryptor) throws IOException {
    return secret.encrypt(encryptor);
  }

  @Override
  public byte[] extract() {
    return secret.extract();
  }

  @Override
  public boolean isAlive() {
    return secret.isAlive();
  }
}
