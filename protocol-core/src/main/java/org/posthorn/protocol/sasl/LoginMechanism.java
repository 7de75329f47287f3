package org.posthorn.protocol.sasl;

import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;

/**
 * LOGIN: never standardised (draft-murchison-sasl-login-00), still what many SMTP clients try
 * first.
 */
public final class LoginMechanism implements SaslMechanism {
  /** Stateless. */
  public LoginMechanism() {}

  @Override
  public String name() {
    return "LOGIN";
  }

  @Override
  public boolean revealsPassword() {
    return true;
  }

  @Override
  public boolean available(SaslContext context) {
    return true;
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return new Exchange(context);
  }

  private static final class Exchange implements SaslExchange {
    private final SaslContext context;
    private @Nullable String user;

    Exchange(SaslContext context) {
      this.context = context;
    }

    @Override
    public SaslStep next(byte @Nullable [] response) {
      if (response == null) {
        return new SaslStep.Challenge(SaslText.utf8("Username:"));
      }
      @Nullable String text = SaslText.decode(response, 0, response.length);
      if (text == null || text.isEmpty() || text.indexOf('\0') >= 0) {
        return new SaslStep.Malformed("empty, or not UTF-8");
      }
      if (user == null) {
        user = SaslPrep.prepare(text);
        return new SaslStep.Challenge(SaslText.utf8("Password:"));
      }
      LoginAttempt attempt = context.attempt("LOGIN", user, "");
      return new SaslStep.Work(
          new PasswordCheck(context.authenticator(), attempt, Secret.of(text)));
    }
  }
}
