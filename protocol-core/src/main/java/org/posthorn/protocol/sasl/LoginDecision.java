package org.posthorn.protocol.sasl;

import org.posthorn.store.Identity;

/** The answer of an {@link Authenticator}. */
public sealed interface LoginDecision {
  record Granted(Identity identity) implements LoginDecision {}

  /**
   * No.
   *
   * @param detail for the integrator's log, never for the client
   */
  record Denied(Reason reason, String detail) implements LoginDecision {}

  /** What the client is told. */
  enum Reason {
    /** Unknown user or wrong password: not told apart. */
    CREDENTIALS,
    /** Authenticated, but may not act as the authorization identity. */
    AUTHORIZATION,
    EXPIRED,
    /** Login is switched off for this account or from this place. */
    DISABLED,
    /** A mechanism that reveals the password needs TLS. */
    PRIVACY_REQUIRED
  }
}
