package org.posthorn.protocol.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The functions of RFC 5802 section 2.2 and 3. */
final class ScramCrypto {
  private ScramCrypto() {}

  static byte[] hmac(ScramHash hash, byte[] key, byte[] text) {
    return mac(hash, key).doFinal(text);
  }

  private static Mac mac(ScramHash hash, byte[] key) {
    try {
      Mac mac = Mac.getInstance(hash.hmac());
      // An empty key is legal for HMAC, but not for SecretKeySpec; one zero octet is the same key.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, hash.hmac()));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + hash.hmac(), e);
    }
  }

  static byte[] digest(ScramHash hash, byte[] octets) {
    try {
      return MessageDigest.getInstance(hash.digest()).digest(octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + hash.digest(), e);
    }
  }

  /** Hi(): PBKDF2 with one block of output. */
  static byte[] hi(ScramHash hash, byte[] password, byte[] salt, int iterations) {
    Mac mac = mac(hash, password);
    mac.update(salt);
    byte[] u = mac.doFinal(new byte[] {0, 0, 0, 1});
    byte[] result = u.clone();
    for (int i = 1; i < iterations; i++) {
      u = mac.doFinal(u);
      xorInto(result, u);
    }
    return result;
  }

  static byte[] xor(byte[] a, byte[] b) {
    byte[] result = a.clone();
    xorInto(result, b);
    return result;
  }

  private static void xorInto(byte[] result, byte[] other) {
    for (int i = 0; i < result.length; i++) {
      result[i] ^= other[i];
    }
  }
}
