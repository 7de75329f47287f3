package org.posthorn.protocol.sasl;

import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.stringprep.SaslPrep;

/**
 * The names of a response, prepared (RFC 4616 section 2, RFC 5802 section 5.1).
 *
 * @param authorizationId empty when none was given
 */
record SaslNames(String authenticationId, String authorizationId) {
  /** Null when one cannot be prepared: nobody can have it. */
  static @Nullable SaslNames prepared(String authenticationId, String authorizationId) {
    @Nullable String authcid = SaslPrep.query(authenticationId);
    @Nullable String authzid = SaslPrep.query(authorizationId);
    return authcid == null || authcid.isEmpty() || authzid == null
        ? null
        : new SaslNames(authcid, authzid);
  }

  /** The answer to such names: that of a wrong password, at the same price. */
  static SaslStep refused(SaslContext context, String mechanism, String claimed) {
    LoginAttempt attempt = context.attempt(mechanism, claimed, "");
    return new SaslStep.Decide(
        new DecisionCall(
            context.authenticator().lane(),
            mechanism,
            () ->
                new SaslStep.Denied(
                    LoginDecision.Reason.CREDENTIALS, "a name that SASLprep prohibits", claimed)),
        attempt);
  }
}
