package org.posthorn.protocol.sasl;

/**
 * A mechanism whose client sends a token in its one message. The token passes the wire, so TLS is
 * needed.
 */
public final class TokenMechanism implements SaslMechanism {
  private final String name;
  private final TokenVerifier verifier;
  private final TokenExchange.Grammar grammar;

  private TokenMechanism(String name, TokenVerifier verifier, TokenExchange.Grammar grammar) {
    this.name = name;
    this.verifier = verifier;
    this.grammar = grammar;
  }

  /** OAUTHBEARER, RFC 7628. */
  public static TokenMechanism oauthBearer(TokenVerifier verifier) {
    return new TokenMechanism("OAUTHBEARER", verifier, OAuthBearerMessage::parse);
  }

  /** XOAUTH2, as Google and Microsoft have it: OAUTHBEARER before it was a standard. */
  public static TokenMechanism xoauth2(TokenVerifier verifier) {
    return new TokenMechanism("XOAUTH2", verifier, XOAuth2Message::parse);
  }

  @Override
  public String name() {
    return name;
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
    return new TokenExchange(name, verifier, context, grammar);
  }
}
