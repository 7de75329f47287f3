package org.posthorn.protocol.sasl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * XOAUTH2, as Google and Microsoft have it: OAUTHBEARER before it was a standard. The token passes
 * the wire, so TLS is needed.
 */
public final class XOAuth2Mechanism implements SaslMechanism {
  private static final String NAME = "XOAUTH2";
  private static final Pattern MESSAGE =
      Pattern.compile("user=([^\\x00-\\x1F]+)\\x01auth=([^\\x00-\\x1F]+)\\x01\\x01");

  private final TokenVerifier verifier;

  public XOAuth2Mechanism(TokenVerifier verifier) {
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
    return new TokenExchange(NAME, verifier, context, XOAuth2Mechanism::parse);
  }

  private static TokenExchange.@Nullable Bearer parse(String message) {
    Matcher matcher = MESSAGE.matcher(message);
    @Nullable String token = matcher.matches() ? TokenExchange.token(matcher.group(2)) : null;
    return token == null ? null : new TokenExchange.Bearer(matcher.group(1), token);
  }
}
