package org.posthorn.protocol.sasl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** OAUTHBEARER, RFC 7628. The token passes the wire, so TLS is needed. */
public final class OAuthBearerMechanism implements SaslMechanism {
  private static final String NAME = "OAUTHBEARER";

  /** gs2-header kvsep *kvpair kvsep, RFC 7628 section 3.1; channel binding is not possible. */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "[ny],(?:a=([^,\\x00]+))?,\\x01((?:[A-Za-z]+=[\\x20-\\x7E\\t\\r\\n]*\\x01)*+)\\x01");

  private final TokenVerifier verifier;

  public OAuthBearerMechanism(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean revealsSecret() {
    return true;
  }

  @Override
  public boolean available(SaslContext context) {
    return true;
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return new TokenExchange(NAME, verifier, context, OAuthBearerMechanism::parse);
  }

  private static TokenExchange.@Nullable Bearer parse(String message) {
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
