package org.posthorn.protocol.sasl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;

/** Users kept in memory. Thread-safe; users may come and go at any time. */
public final class MemoryAuthenticator implements Authenticator {
  private static final int ITERATIONS = ScramKeys.MIN_ITERATIONS;

  private final Map<String, User> users = new ConcurrentHashMap<>();
  private final CredentialCheck check = new CredentialCheck(ITERATIONS, List.of());
  private volatile @Nullable User anybody;

  /** Without users. */
  public MemoryAuthenticator() {}

  /** Adds a user or changes the password of one. */
  public MemoryAuthenticator user(String name, String password) {
    users.put(SaslPrep.prepare(name), new User(Secret.of(password)));
    return this;
  }

  /**
   * Lets every name in that is not {@linkplain #user known}, with this password: for tests and
   * demonstrations.
   */
  public MemoryAuthenticator anyUser(String password) {
    anybody = new User(Secret.of(password));
    return this;
  }

  /** Forgets a user; whoever is logged in stays so. */
  public void remove(String name) {
    users.remove(SaslPrep.prepare(name));
  }

  private Optional<Credential> find(String user) {
    User known = users.get(user);
    return Optional.ofNullable(known == null ? anybody : known).map(User::credential);
  }

  @Override
  public LoginDecision verify(LoginAttempt attempt, Secret password) {
    return check.verify(find(attempt.authenticationId()), attempt, password);
  }

  @Override
  public LoginDecision authorize(LoginAttempt attempt) {
    return check.authorize(attempt);
  }

  @Override
  public Set<ScramHash> scramHashes() {
    return Set.of(ScramHash.SHA_256);
  }

  @Override
  public Optional<ScramKeys> scram(String authenticationId, ScramHash hash) {
    return find(authenticationId).flatMap(credential -> credential.scram(hash));
  }

  /** Derives the keys when somebody logs in, so that a server with many users starts at once. */
  private static final class User {
    private final Secret password;
    private @Nullable Credential credential;

    User(Secret password) {
      this.password = password;
    }

    synchronized Credential credential() {
      Credential derived = credential;
      if (derived == null) {
        derived = Credential.of(password, ITERATIONS);
        credential = derived;
      }
      return derived;
    }
  }
}
