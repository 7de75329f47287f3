package org.posthorn.protocol.sasl;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;
import org.posthorn.store.Identity;
import org.posthorn.store.Role;

/** What the two authenticators of this package share. */
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

  /** Made at the first login, of whomever: a starting server has no need of cryptography. */
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
  boolean matches(Optional<Credential> user, Secret password) {
    Credential nobody = nobody();
    return user.orElse(nobody).matches(password, hashes) && user.isPresent();
  }

  static LoginDecision wrong(boolean known) {
    return new LoginDecision.Denied(
        LoginDecision.Reason.CREDENTIALS, known ? "wrong password" : "unknown user");
  }

  /** Both names as the user database has them. */
  static LoginDecision authorize(AuthorizationPolicy policy, String user, String actingAs) {
    if (!user.equals(actingAs) && !policy.mayActAs(user, actingAs)) {
      return new LoginDecision.Denied(
          LoginDecision.Reason.AUTHORIZATION, "may not act as " + actingAs);
    }
    return new LoginDecision.Granted(new Identity(actingAs, user, Role.OWNER));
  }
}
