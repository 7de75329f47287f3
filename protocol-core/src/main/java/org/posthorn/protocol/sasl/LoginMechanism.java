package org.posthorn.protocol.sasl;

import org.jspecify.annotations.Nullable;

/**
 * LOGIN: never standardised (draft-murchison-sasl-login-00), still what many SMTP clients try
 * first.
 */
public final class LoginMechanism implements SaslMechanism {
  private static final String NAME = "LOGIN";

  /** Stateless. */
  public LoginMechanism() {}

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
        user = text;
        return new SaslStep.Challenge(SaslText.utf8("Password:"));
      }
      SaslNames names = SaslNames.prepared(user, "");
      return names == null
          ? SaslNames.refused(context, NAME, user)
          : PasswordCheck.decide(context, NAME, names.authenticationId(), "", text);
    }
  }
}
