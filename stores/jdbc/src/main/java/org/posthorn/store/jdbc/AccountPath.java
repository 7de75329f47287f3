package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * File names for account names. Any name gets one, two names never the same one, on file systems
 * that ignore case too: all but {@code a-z 0-9 @ _ -} and an inner dot is written as {@code %} and
 * two hex digits of each UTF-8 octet. A long name is cut and ends in {@code %%} and its SHA-256
 * digest.
 */
final class AccountPath {
  static final String SUFFIX = ".db";
  private static final int LONGEST = 180;
  private static final int KEPT_OF_LONG = 100;
  private static final HexFormat HEX = HexFormat.of();

  private AccountPath() {}

  static String fileName(String account) {
    byte[] octets = account.getBytes(UTF_8);
    StringBuilder name = new StringBuilder(octets.length + SUFFIX.length());
    for (int i = 0; i < octets.length; i++) {
      byte octet = octets[i];
      if (isPlain(octet) || (octet == '.' && i > 0 && i < octets.length - 1)) {
        name.append((char) octet);
      } else {
        name.append('%').append(HEX.toHexDigits(octet));
      }
    }
    if (name.length() > LONGEST) {
      name.setLength(KEPT_OF_LONG);
      name.append("%%").append(HEX.formatHex(sha256(octets)));
    }
    return name.append(SUFFIX).toString();
  }

  private static boolean isPlain(byte octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= '0' && octet <= '9')
        || octet == '@'
        || octet == '_'
        || octet == '-';
  }

  private static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
