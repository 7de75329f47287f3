package org.posthorn.protocol.sasl;

import java.util.Optional;
import java.util.Set;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Secret;
import org.posthorn.store.StoreException;

/**
 * Who may log in: the integrator's user database. Thread-safe; called through calls on {@link
 * #lane()}, so it may hash or block. An unknown user must cost the same time and get the same
 * answer as a wrong password.
 */
public interface Authenticator {
  /**
   * Checks a password (PLAIN, LOGIN, USER/PASS) and whether the authorization identity may be
   * taken.
   */
  LoginDecision verify(LoginAttempt attempt, Secret password) throws StoreException;

  /**
   * After a mechanism proved the authentication identity without a password: is there such a user
   * here, and may it act as asked for?
   */
  LoginDecision authorize(LoginAttempt attempt) throws StoreException;

  /**
   * Which SCRAM hashes {@link #scram} has keys for; SCRAM mechanisms beyond them are not offered.
   */
  default Set<ScramHash> scramHashes() {
    return Set.of();
  }

  /** The keys of a user. For an unknown user the caller makes believable ones up. */
  default Optional<ScramKeys> scram(String authenticationId, ScramHash hash) throws StoreException {
    return Optional.empty();
  }

  /** Makes up what {@link #scram} does not find; one that survives a restart is better. */
  default ScramDecoy decoy() {
    return ScramDecoy.ofThisProcess();
  }

  /**
   * Whether {@link #password} has the passwords themselves; without them CRAM-MD5 and APOP are not
   * offered.
   */
  default boolean keepsPasswords() {
    return false;
  }

  /** The password of a user as it is, for CRAM-MD5 and APOP. */
  default Optional<Secret> password(String authenticationId) throws StoreException {
    return Optional.empty();
  }

  /** Where these methods run. */
  default Lane lane() {
    return Lane.CPU;
  }
}
