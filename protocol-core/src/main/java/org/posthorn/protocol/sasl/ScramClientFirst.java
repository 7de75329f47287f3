package org.posthorn.protocol.sasl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The client's first message, RFC 5802 section 7.
 *
 * @param gs2Header with its two commas
 * @param bindingFlag {@code n}, {@code y} or {@code p}
 * @param bindingType of channel binding, empty without
 * @param user as sent, not prepared
 * @param bare what follows the header: part of what is signed
 */
record ScramClientFirst(
    String gs2Header,
    char bindingFlag,
    String bindingType,
    String authorizationId,
    String bare,
    String user,
    String nonce) {
  private static final int MAX_NONCE = 1024;

  /**
   * gs2-cbind-flag "," [authzid] "," [reserved-mext] is refused; username "," nonce [","
   * extensions].
   */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "((n|y|p=[A-Za-z0-9.-]+),(?:a=([^,\\x00]+))?,)"
              + "(n=([^,\\x00]+),r=([\\x21-\\x2B\\x2D-\\x7E]+)(?:,[A-Za-z]=[^,\\x00]+)*+)");

  /** Null when the message breaks the grammar. */
  static @Nullable ScramClientFirst parse(byte[] message) {
    @Nullable String text = SaslText.decode(message, 0, message.length);
    Matcher matcher = MESSAGE.matcher(text == null ? "" : text);
    if (!matcher.matches() || matcher.group(6).length() > MAX_NONCE) {
      return null;
    }
    @Nullable String user = unescape(matcher.group(5));
    @Nullable String authzid = unescape(matcher.group(3) == null ? "" : matcher.group(3));
    if (user == null || authzid == null) {
      return null;
    }
    return new ScramClientFirst(
        matcher.group(1),
        matcher.group(2).charAt(0),
        matcher.group(2).length() > 1 ? matcher.group(2).substring(2) : "",
        authzid,
        matcher.group(4),
        user,
        matcher.group(6));
  }

  /** saslname: comma is =2C, equals sign is =3D, no other use of the equals sign. */
  static @Nullable String unescape(String name) {
    String rest = name.replace("=2C", "").replace("=3D", "");
    return rest.indexOf('=') >= 0 ? null : name.replace("=2C", ",").replace("=3D", "=");
  }
}
