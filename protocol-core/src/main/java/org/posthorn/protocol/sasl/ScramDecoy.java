package org.posthorn.protocol.sasl;

import java.security.SecureRandom;
import java.util.Arrays;
import org.posthorn.protocol.Secret;

/**
 * Makes up believable keys for users that do not exist: the same salt every time, so that asking
 * twice tells nothing.
 *
 * @param secret of this server; should survive a restart, as real salts do
 * @param iterations as real keys have
 */
public record ScramDecoy(Secret secret, int iterations) {
  /** Octets of the salts that this package makes, real or not. */
  static final int SALT_OCTETS = 16;

  /** A secret made at start. */
  public static ScramDecoy ofThisProcess() {
    return OfThisProcess.DECOY;
  }

  /** Thirty-two random octets. */
  static Secret randomSecret() {
    byte[] octets = new byte[32];
    new SecureRandom().nextBytes(octets);
    return Secret.of(octets);
  }

  byte[] salt(String user, ScramHash hash) {
    byte[] text = SaslText.utf8("salt " + hash.digest() + " " + user);
    return Arrays.copyOf(ScramCrypto.hmac(ScramHash.SHA_256, secret.reveal(), text), SALT_OCTETS);
  }

  ScramKeys keys(String user, ScramHash hash) {
    byte[] salt = salt(user, hash);
    byte[] key = ScramCrypto.hmac(hash, secret.reveal(), SaslText.utf8("key " + user));
    return new ScramKeys(hash, salt, iterations, Secret.of(key), Secret.of(key));
  }

  /** Initialised when somebody asks. */
  private static final class OfThisProcess {
    static final ScramDecoy DECOY = new ScramDecoy(randomSecret(), ScramKeys.MIN_ITERATIONS);
  }
}
