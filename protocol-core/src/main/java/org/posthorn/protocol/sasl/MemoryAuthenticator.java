package org.posthorn.protocol.sasl;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.stringprep.SaslPrep;

/**
 * Users kept in memory, with their passwords as they are. Names are found in any case of letters
 * (RFC 8265). Thread-safe; users may come and go at any time.
 */
public final class MemoryAuthenticator implements Authenticator {
  private static final Secret NOBODYS = Secret.of("compared with what unknown users send");

  private final Map<String, User> users = new ConcurrentHashMap<>();
  private @Nullable ScramDecoy salts;
  private volatile @Nullable Secret anyPassword;
  private volatile @Nullable AuthorizationPolicy authorization;

  private record User(String name, Secret password) {}

  /** Without users. */
  public MemoryAuthenticator() {}

  /**
   * Adds a user or changes the password of one.
   *
   * @throws IllegalArgumentException when SASLprep prohibits the name or the password
   */
  public MemoryAuthenticator user(String name, String password) {
    String prepared = prepared(name);
    users.put(UserNames.key(prepared), new User(prepared, Secret.of(prepared(password))));
    return this;
  }

  /**
   * Lets every name in that is not {@linkplain #user known}, with this password: for tests and
   * demonstrations.
   */
  public MemoryAuthenticator anyUser(String password) {
    anyPassword = Secret.of(prepared(password));
    return this;
  }

  /** Who may act as whom; {@link AuthorizationPolicy#SELF} unless set. */
  public MemoryAuthenticator authorization(AuthorizationPolicy policy) {
    authorization = policy;
    return this;
  }

  /** Forgets a user; whoever is logged in stays so. */
  public void remove(String name) {
    users.remove(UserNames.key(prepared(name)));
  }

  private static String prepared(String text) {
    String prepared = SaslPrep.query(text);
    if (prepared == null || prepared.isEmpty()) {
      throw new IllegalArgumentException("SASLprep prohibits this name or password");
    }
    return prepared;
  }

  private @Nullable User find(String name) {
    User known = users.get(UserNames.key(name));
    Secret any = anyPassword;
    return known != null || any == null ? known : new User(name, any);
  }

  /** Made when first asked for: a starting server has no need of cryptography. */
  @Override
  public synchronized ScramDecoy decoy() {
    ScramDecoy made = salts;
    if (made == null) {
      made = new ScramDecoy(ScramDecoy.randomSecret(), ScramKeys.MIN_ITERATIONS);
      salts = made;
    }
    return made;
  }

  @Override
  public LoginDecision verify(LoginAttempt attempt, Secret password) {
    User user = find(attempt.authenticationId());
    String prepared = SaslPrep.query(password.revealText());
    Secret given = Secret.of(prepared == null ? "" : prepared);
    boolean right = given.equals(user == null ? NOBODYS : user.password());
    return right && user != null ? authorize(attempt) : CredentialCheck.wrong(user != null);
  }

  @Override
  public LoginDecision authorize(LoginAttempt attempt) {
    User user = find(attempt.authenticationId());
    if (user == null) {
      return CredentialCheck.wrong(false);
    }
    User other = find(attempt.authorizationId());
    String actingAs = other == null ? attempt.authorizationId() : other.name();
    AuthorizationPolicy policy = authorization;
    return CredentialCheck.authorize(
        policy == null ? AuthorizationPolicy.SELF : policy, user.name(), actingAs);
  }

  @Override
  public Set<ScramHash> scramHashes() {
    return Set.of(ScramHash.values());
  }

  /** Derives keys every time, for users or not, so that both take as long. */
  @Override
  public Optional<ScramKeys> scram(String authenticationId, ScramHash hash) {
    User user = find(authenticationId);
    byte[] salt = decoy().salt(authenticationId, hash);
    Secret password = user == null ? NOBODYS : user.password();
    ScramKeys keys = ScramKeys.of(hash, password, salt, ScramKeys.MIN_ITERATIONS);
    return user == null ? Optional.empty() : Optional.of(keys);
  }

  /** A comparison, unless somebody else has a say in it. */
  @Override
  public Lane lane() {
    return authorization == null ? Lane.INLINE : Lane.CPU;
  }

  @Override
  public boolean keepsPasswords() {
    return true;
  }

  @Override
  public Optional<Secret> password(String authenticationId) {
    User user = find(authenticationId);
    return user == null ? Optional.empty() : Optional.of(user.password());
  }
}
