package org.posthorn.protocol.sasl;

import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/**
 * Has a password verified: the work behind PLAIN, LOGIN, the IMAP command LOGIN and POP3's PASS.
 */
public record PasswordCheck(Authenticator authenticator, LoginAttempt attempt, Secret password)
    implements StoreCall<SaslStep> {
  @Override
  public SaslStep invoke(CallContext context) throws StoreException {
    try {
      return step(authenticator.verify(attempt, password), attempt);
    } finally {
      password.wipe();
    }
  }

  static SaslStep decide(
      SaslContext context, String mechanism, String authcid, String authzid, String password) {
    LoginAttempt attempt = context.attempt(mechanism, authcid, authzid);
    return new SaslStep.Decide(
        new PasswordCheck(context.authenticator(), attempt, Secret.of(password)), attempt);
  }

  static SaslStep step(LoginDecision decision, LoginAttempt attempt) {
    if (decision instanceof LoginDecision.Granted granted) {
      return new SaslStep.Granted(granted.identity(), null);
    }
    LoginDecision.Denied denied = (LoginDecision.Denied) decision;
    return new SaslStep.Denied(denied.reason(), denied.detail(), attempt.authenticationId());
  }

  @Override
  public Lane lane() {
    return authenticator.lane();
  }
}
