package org.posthorn.protocol.sasl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client of OAUTHBEARER says, RFC 7628 section 3.1. */
final class OAuthBearerMessage {
  /** gs2-header kvsep *kvpair kvsep, RFC 7628 section 3.1; channel binding is not possible. */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "[ny],(?:a=([^,\\x00]+))?,\\x01((?:[A-Za-z]+=[\\x20-\\x7E\\t\\r\\n]*\\x01)*+)\\x01");

  private OAuthBearerMessage() {}

  /** Null when it breaks the grammar. */
  static TokenExchange.@Nullable Bearer parse(String message) {
    Matcher matcher = MESSAGE.matcher(message);
    if (!matcher.matches()) {
      return null;
    }
    String name = matcher.group(1) == null ? "" : matcher.group(1);
    @Nullable String user = ScramClientFirst.unescape(name);
    @Nullable String authorization = null;
    for (String pair : matcher.group(2).split("\u0001", -1)) {
      if (pair.regionMatches(true, 0, "auth=", 0, 5)) {
        if (authorization != null) {
          return null;
        }
        authorization = pair.substring(5);
      }
    }
    if (user == null || authorization == null) {
      return null;
    }
    // Section 4.3: a client without a token asks where to get one.
    @Nullable String token = authorization.isBlank() ? "" : TokenExchange.token(authorization);
    return token == null ? null : new TokenExchange.Bearer(user, token);
  }
}
