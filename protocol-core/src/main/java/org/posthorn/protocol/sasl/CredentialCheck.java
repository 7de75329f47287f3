package org.posthorn.protocol.sasl;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;
import org.posthorn.store.Identity;
import org.posthorn.store.Role;

/**
 * What the two authenticators of this package share: users have credentials, and act as themselves.
 */
final class CredentialCheck {
  private final List<PasswordHash> hashes;
  private final int iterations;
  private @Nullable Credential nobody;

  /**
   * @param iterations as the SCRAM keys of real users have
   */
  CredentialCheck(int iterations, List<PasswordHash> hashes) {
    this.hashes = List.copyOf(hashes);
    this.iterations = iterations;
  }

  /** Made when first asked for: a starting server has no need of cryptography. */
  private synchronized Credential nobody() {
    Credential made = nobody;
    if (made == null) {
      ScramDecoy decoy = new ScramDecoy(ScramDecoy.randomSecret(), iterations);
      made =
          new Credential(
              List.of(decoy.keys("", ScramHash.SHA_256)),
              hashes.isEmpty() ? null : hashes.get(0).hash(ScramDecoy.randomSecret()));
      nobody = made;
    }
    return made;
  }

  /** An unknown user's password is hashed as well. */
  LoginDecision verify(Optional<Credential> user, LoginAttempt attempt, Secret password) {
    boolean right = user.orElseGet(this::nobody).matches(password, hashes);
    return right && user.isPresent()
        ? authorize(attempt)
        : new LoginDecision.Denied(
            LoginDecision.Reason.CREDENTIALS, user.isPresent() ? "wrong password" : "unknown user");
  }

  LoginDecision authorize(LoginAttempt attempt) {
    if (!attempt.authorizationId().equals(attempt.authenticationId())) {
      return new LoginDecision.Denied(LoginDecision.Reason.AUTHORIZATION, "may act as nobody else");
    }
    return new LoginDecision.Granted(
        new Identity(attempt.authorizationId(), attempt.authenticationId(), Role.OWNER));
  }
}
