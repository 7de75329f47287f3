package org.posthorn.store.jdbc;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Identifiers that are never given twice (RFC 8474 section 4): a letter for the kind, then 96
 * random bits.
 */
final class NewIds {
  private static final int OCTETS = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private NewIds() {}

  static String next(char kind) {
    byte[] random = new byte[OCTETS];
    RANDOM.nextBytes(random);
    return kind + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
