package org.posthorn.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's side of SCRAM (RFC 5802, RFC 7677). It always has the same nonce, so that what it
 * says can stand in a script. Its arithmetic is the JDK's own, none of the server's.
 *
 * @param hash such as SHA-256
 * @param gs2Header such as {@code n,,} or {@code p=tls-exporter,,}
 * @param bindingData what the TLS connection gives for the channel binding, empty without
 * @param user as it is to be sent
 * @param password in printable ASCII
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never changed
public record ScramClient(
    String hash, String gs2Header, byte[] bindingData, String user, String password) {
  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";

  private String bare() {
    return "n=" + user + ",r=" + NONCE;
  }

  /** client-first-message. */
  public String first() {
    return gs2Header + bare();
  }

  /** client-final-message. */
  public String last(String serverFirst) {
    byte[] clientKey = hmac(salted(serverFirst), "Client Key");
    byte[] signature = hmac(digest(clientKey), authMessage(serverFirst));
    byte[] proof = clientKey.clone();
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= signature[i];
    }
    return withoutProof(serverFirst) + ",p=" + base64(proof);
  }

  /** The server-final-message of a server that knows the user. */
  public String expected(String serverFirst) {
    byte[] serverKey = hmac(salted(serverFirst), "Server Key");
    return "v=" + base64(hmac(serverKey, authMessage(serverFirst)));
  }

  private String withoutProof(String serverFirst) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(gs2Header.getBytes(UTF_8));
    input.writeBytes(bindingData);
    return "c=" + base64(input.toByteArray()) + ",r=" + attribute(serverFirst, 'r');
  }

  private String authMessage(String serverFirst) {
    return bare() + "," + serverFirst + "," + withoutProof(serverFirst);
  }

  private byte[] salted(String serverFirst) {
    byte[] salt = Base64.getDecoder().decode(attribute(serverFirst, 's'));
    int iterations = Integer.parseInt(attribute(serverFirst, 'i'));
    try {
      int bits = MessageDigest.getInstance(hash).getDigestLength() * 8;
      PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, bits);
      String algorithm = "PBKDF2WithHmac" + hash.replace("-", "");
      return SecretKeyFactory.getInstance(algorithm).generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String attribute(String message, char name) {
    for (String one : message.split(",", -1)) {
      if (one.startsWith(name + "=")) {
        return one.substring(2);
      }
    }
    throw new IllegalArgumentException("no " + name + " in " + message);
  }

  private byte[] hmac(byte[] key, String text) {
    try {
      String algorithm = "Hmac" + hash.replace("-", "");
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] digest(byte[] octets) {
    try {
      return MessageDigest.getInstance(hash).digest(octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
