package org.posthorn.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.posthorn.mime.Octets;

/** Octets that must not be shown: passwords, tokens, SASL responses. */
public final class Secret {
  private final byte[] octets;

  private Secret(byte[] octets) {
    this.octets = octets;
  }

  /** Takes a copy. */
  public static Secret of(byte[] octets) {
    return new Secret(octets.clone());
  }

  /** Takes a copy. */
  public static Secret of(Octets octets) {
    return new Secret(octets.toByteArray());
  }

  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the octets. */
  public byte[] reveal() {
    return octets.clone();
  }

  /** The octets read as UTF-8. */
  public String revealText() {
    return new String(octets, StandardCharsets.UTF_8);
  }

  public int length() {
    return octets.length;
  }

  /** Overwrites the octets. */
  public void wipe() {
    Arrays.fill(octets, (byte) 0);
  }

  /** Takes the same time wherever the difference lies. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return "";
  }
}
