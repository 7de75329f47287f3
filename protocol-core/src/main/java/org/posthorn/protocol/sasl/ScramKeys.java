package org.posthorn.protocol.sasl;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.stringprep.SaslPrep;

/**
 * What a server keeps of a password for SCRAM (RFC 5802 section 3).
 *
 * @param iterations of the hash, at least 4096 (RFC 7677 section 4)
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never changed
public record ScramKeys(
    ScramHash hash, byte[] salt, int iterations, Secret storedKey, Secret serverKey) {
  /** The least that RFC 7677 allows. */
  public static final int MIN_ITERATIONS = 4096;

  private static final int MAX_ITERATIONS = 10_000_000;
  private static final Pattern TEXT =
      Pattern.compile(
          "SCRAM-(SHA-1|SHA-256|SHA-512)\\$([0-9]{1,8}):([A-Za-z0-9+/=]{4,88})"
              + "\\$([A-Za-z0-9+/=]{28,88}):([A-Za-z0-9+/=]{28,88})");

  public ScramKeys {
    boolean keys = storedKey.length() == hash.octets() && serverKey.length() == hash.octets();
    if (!keys || salt.length == 0 || iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
      throw new IllegalArgumentException("not SCRAM keys");
    }
  }

  /**
   * Makes the keys of a password; takes as long as the iterations need.
   *
   * @throws IllegalArgumentException when SASLprep prohibits the password (RFC 5802 section 2.2)
   */
  public static ScramKeys of(ScramHash hash, Secret password, byte[] salt, int iterations) {
    String prepared = SaslPrep.query(password.revealText());
    if (prepared == null || prepared.isEmpty()) {
      throw new IllegalArgumentException("a password that SASLprep prohibits");
    }
    return derive(hash, SaslText.utf8(prepared), salt, iterations);
  }

  private static ScramKeys derive(ScramHash hash, byte[] prepared, byte[] salt, int iterations) {
    byte[] salted = ScramCrypto.hi(hash, prepared, salt, iterations);
    byte[] clientKey = ScramCrypto.hmac(hash, salted, SaslText.utf8("Client Key"));
    byte[] serverKey = ScramCrypto.hmac(hash, salted, SaslText.utf8("Server Key"));
    byte[] storedKey = ScramCrypto.digest(hash, clientKey);
    return new ScramKeys(
        hash, salt.clone(), iterations, Secret.of(storedKey), Secret.of(serverKey));
  }

  /** Whether these are the keys of a password; takes as long as {@link #of}. */
  public boolean matches(Secret password) {
    // What cannot be prepared matches nothing, but takes as long.
    String prepared = SaslPrep.query(password.revealText());
    byte[] octets = SaslText.utf8(prepared == null ? "" : prepared);
    boolean same = derive(hash, octets, salt, iterations).storedKey().equals(storedKey);
    return same && octets.length > 0;
  }

  /** As {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey} (RFC 5803), a secret. */
  String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    return "SCRAM-"
        + hash.digest()
        + "$"
        + iterations
        + ":"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(storedKey.reveal())
        + ":"
        + base64.encodeToString(serverKey.reveal());
  }

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static ScramKeys parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not SCRAM keys");
    }
    Base64.Decoder base64 = Base64.getDecoder();
    return new ScramKeys(
        ScramHash.valueOf(matcher.group(1).replace('-', '_')),
        base64.decode(matcher.group(3)),
        Integer.parseInt(matcher.group(2)),
        Secret.of(base64.decode(matcher.group(4))),
        Secret.of(base64.decode(matcher.group(5))));
  }
}
