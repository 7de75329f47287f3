package org.posthorn.smtp.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.stringprep.SaslPrep;

/** The client's side of SCRAM (RFC 5802, RFC 7677), without channel binding. */
final class ScramClient {
  private static final Pattern SERVER_FIRST =
      Pattern.compile(
          "r=([\\x21-\\x2B\\x2D-\\x7E]+),s=([A-Za-z0-9+/=]+),i=([1-9][0-9]{0,6})(?:,.*)?");

  /**
   * RFC 7677 section 4 names 4096 as the least; one that asks for more than this wants our time.
   */
  private static final int MOST_ITERATIONS = 1_000_000;

  private static final String GS2_HEADER = "n,,";

  private final String hash;
  private final Secret password;
  private final String nonce;
  private final String firstBare;
  private byte[] serverSignature = {};

  /**
   * @param hash such as SHA-256
   * @param nonce fresh random printable characters without a comma
   */
  ScramClient(String hash, String user, Secret password, String nonce) {
    this.hash = hash;
    this.password = password;
    this.nonce = nonce;
    String name = prepared(user).replace("=", "=3D").replace(",", "=2C");
    this.firstBare = "n=" + name + ",r=" + nonce;
  }

  /** What a server said does not fit; the exchange is over. */
  static final class ScramException extends Exception {
    private static final long serialVersionUID = 1L;

    ScramException(String message) {
      super(message);
    }
  }

  String first() {
    return GS2_HEADER + firstBare;
  }

  /** The client's proof. */
  String answer(String serverFirst) throws ScramException {
    Matcher matcher = SERVER_FIRST.matcher(serverFirst);
    if (!matcher.matches() || !matcher.group(1).startsWith(nonce)) {
      throw new ScramException("not a SCRAM challenge");
    }
    int iterations = Integer.parseInt(matcher.group(3));
    if (iterations > MOST_ITERATIONS || matcher.group(1).length() == nonce.length()) {
      throw new ScramException("not an honest SCRAM challenge");
    }
    String binding =
        Base64.getEncoder().encodeToString(GS2_HEADER.getBytes(StandardCharsets.US_ASCII));
    String finalBare = "c=" + binding + ",r=" + matcher.group(1);
    byte[] message = utf8(firstBare + ',' + serverFirst + ',' + finalBare);
    try {
      byte[] salted = salted(Base64.getDecoder().decode(matcher.group(2)), iterations);
      byte[] clientKey = hmac(salted, utf8("Client Key"));
      byte[] signature = hmac(MessageDigest.getInstance(hash).digest(clientKey), message);
      for (int i = 0; i < clientKey.length; i++) {
        clientKey[i] ^= signature[i];
      }
      serverSignature = hmac(hmac(salted, utf8("Server Key")), message);
      return finalBare + ",p=" + Base64.getEncoder().encodeToString(clientKey);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + hash, e);
    } catch (IllegalArgumentException e) {
      throw new ScramException("not a SCRAM challenge");
    }
  }

  /** Whether the server knows the password as well. */
  boolean proves(String serverFinal) {
    if (!serverFinal.startsWith("v=") || serverSignature.length == 0) {
      return false;
    }
    String expected = Base64.getEncoder().encodeToString(serverSignature);
    return MessageDigest.isEqual(utf8(serverFinal.substring(2)), utf8(expected));
  }

  private byte[] salted(byte[] salt, int iterations) throws GeneralSecurityException {
    String algorithm = "PBKDF2WithHmac" + hash.replace("-", "");
    int bits = 8 * MessageDigest.getInstance(hash).getDigestLength();
    char[] characters = prepared(password.revealText()).toCharArray();
    return SecretKeyFactory.getInstance(algorithm)
        .generateSecret(new PBEKeySpec(characters, salt, iterations, bits))
        .getEncoded();
  }

  private byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    String algorithm = "Hmac" + hash.replace("-", "");
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return mac.doFinal(text);
  }

  /** What SASLprep does not allow is sent as it is; a server that prepares will not know it. */
  private static String prepared(String text) {
    String prepared = SaslPrep.query(text);
    return prepared == null ? text : prepared;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
