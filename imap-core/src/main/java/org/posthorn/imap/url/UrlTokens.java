package org.posthorn.imap.url;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.posthorn.store.StoreException;

/**
 * The INTERNAL mechanism (RFC 4467 section 5): a token is an octet that names the algorithm, 1 for
 * HMAC-SHA-256, and what that makes of the URL's text with the mailbox's key.
 */
final class UrlTokens {
  static final String MECHANISM = "INTERNAL";

  private static final String ALGORITHM = "HmacSHA256";
  private static final String VERSION = "01";

  private UrlTokens() {}

  static String token(byte[] key, String rump) throws StoreException {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] hash = mac.doFinal(rump.getBytes(StandardCharsets.UTF_8));
      return VERSION + HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw StoreException.of(e);
    }
  }

  /** Whether a token is the right one; takes as long whether it is or not. */
  static boolean matches(byte[] key, String rump, String token) throws StoreException {
    byte[] right = token(key, rump).getBytes(StandardCharsets.US_ASCII);
    byte[] given = token.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(right, given);
  }
}
