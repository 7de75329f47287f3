package org.posthorn.protocol.sasl;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Secret;
import org.posthorn.store.StoreException;

/** What OAUTHBEARER and XOAUTH2 share: one message of the client, and one way to say no. */
final class TokenExchange implements SaslExchange {
  /** Cuts up a message of the client. */
  interface Grammar {
    /** Null when the message breaks it. */
    @Nullable Bearer parse(String message);
  }

  /**
   * What a client sends.
   *
   * @param user whom to act as, empty when the token shall say it
   * @param token empty for a client that only wants to know where to get one
   */
  record Bearer(String user, String token) {}

  private final String mechanism;
  private final TokenVerifier verifier;
  private final SaslContext context;
  private final Grammar grammar;

  TokenExchange(String mechanism, TokenVerifier verifier, SaslContext context, Grammar grammar) {
    this.mechanism = mechanism;
    this.verifier = verifier;
    this.context = context;
    this.grammar = grammar;
  }

  /** RFC 6750 section 2.1: {@code Bearer}, in any case of letters, and the token. */
  static @Nullable String token(String authorization) {
    if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return null;
    }
    String token = authorization.substring(7).strip();
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      boolean letterOrDigit =
          (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!letterOrDigit && "-._~+/=".indexOf(c) < 0) {
        return null;
      }
    }
    return token.isEmpty() ? null : token;
  }

  @Override
  public SaslStep next(byte @Nullable [] response) {
    if (response == null) {
      return new SaslStep.Challenge(new byte[0]);
    }
    @Nullable String text = SaslText.decode(response, 0, response.length);
    @Nullable Bearer bearer = text == null ? null : grammar.parse(text);
    if (bearer == null) {
      return new SaslStep.Malformed("not a message of " + mechanism);
    }
    @Nullable SaslNames names =
        bearer.user().isEmpty() ? new SaslNames("", "") : SaslNames.prepared(bearer.user(), "");
    if (names == null) {
      return SaslNames.refused(context, mechanism, bearer.user());
    }
    LoginAttempt attempt = context.attempt(mechanism, names.authenticationId(), "");
    Secret token = Secret.of(bearer.token());
    return new SaslStep.Decide(
        new DecisionCall(verifier.lane(), mechanism, () -> verify(attempt, token)), attempt);
  }

  private SaslStep verify(LoginAttempt attempt, Secret token) throws StoreException {
    TokenVerifier.Decision decision = verifier.verify(attempt, token);
    token.wipe();
    if (decision instanceof TokenVerifier.Decision.Invalid invalid) {
      return later(attempt, invalid);
    }
    String user = ((TokenVerifier.Decision.Valid) decision).user();
    LoginAttempt proved = context.attempt(mechanism, user, attempt.authorizationId());
    Authenticator authenticator = context.authenticator();
    return authenticator.lane() == verifier.lane() || authenticator.lane() == Lane.INLINE
        ? authorize(proved)
        : new SaslStep.Decide(
            new DecisionCall(authenticator.lane(), mechanism, () -> authorize(proved)), proved);
  }

  private SaslStep authorize(LoginAttempt proved) throws StoreException {
    SaslStep step = PasswordCheck.step(context.authenticator().authorize(proved), proved);
    return step instanceof SaslStep.Denied denied
        ? new SaslStep.DeniedLater(json("invalid_token", Map.of()), denied)
        : step;
  }

  private static SaslStep later(LoginAttempt attempt, TokenVerifier.Decision.Invalid invalid) {
    SaslStep.Denied denied =
        new SaslStep.Denied(
            LoginDecision.Reason.CREDENTIALS,
            invalid.detail(),
            attempt.authenticationId().isEmpty() ? null : attempt.authenticationId());
    return new SaslStep.DeniedLater(json(invalid.status(), invalid.hints()), denied);
  }

  /** RFC 7628 section 3.2.2. */
  private static byte[] json(String status, Map<String, String> hints) {
    StringBuilder json = new StringBuilder("{\"status\":").append(quoted(status));
    new TreeMap<>(hints)
        .forEach(
            (name, value) ->
                json.append(',').append(quoted(name)).append(':').append(quoted(value)));
    return SaslText.utf8(json.append('}').toString());
  }

  /** RFC 8259 section 7. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
