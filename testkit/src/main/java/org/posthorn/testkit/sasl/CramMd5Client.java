package org.posthorn.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of CRAM-MD5 (RFC 2195). */
public final class CramMd5Client {
  private CramMd5Client() {}

  /** The answer to a challenge; neither is in base64. */
  public static String answer(String user, String password, String challenge) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(password.getBytes(UTF_8), "HmacMD5"));
      return user + " " + HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
