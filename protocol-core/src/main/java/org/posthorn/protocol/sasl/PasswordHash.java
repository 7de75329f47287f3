package org.posthorn.protocol.sasl;

import org.posthorn.protocol.Secret;

/**
 * A way to keep passwords beside SCRAM keys, such as Argon2id. Thread-safe; called on {@link
 * org.posthorn.protocol.Lane#CPU}.
 */
public interface PasswordHash {
  /**
   * Hashes a password with a fresh salt.
   *
   * @return printable ASCII without spaces, parameters included, beginning with {@code $}
   */
  String hash(Secret password);

  /** Whether {@link #matches} understands this text. */
  boolean recognises(String hash);

  /** Whether the hash was made of this password. */
  boolean matches(Secret password, String hash);
}
