package org.posthorn.examples;

import java.util.Optional;
import java.util.Set;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.LoginAttempt;
import org.posthorn.protocol.sasl.LoginDecision;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.ScramHash;
import org.posthorn.protocol.sasl.ScramKeys;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/**
 * The users of the command line. With {@code --any-user} an account appears when its user logs in
 * for the first time.
 */
final class Users implements Authenticator {
  private final MemoryAuthenticator passwords;
  private final Accounts accounts;

  private Users(MemoryAuthenticator passwords, Accounts accounts) {
    this.passwords = passwords;
    this.accounts = accounts;
  }

  static Authenticator of(ServeOptions options, MailStore store) throws StoreException {
    MemoryAuthenticator passwords = new MemoryAuthenticator();
    Accounts accounts = new Accounts(store, options.folders);
    for (String user : options.users) {
      int colon = user.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("--user takes NAME:PASSWORD");
      }
      String name = user.substring(0, colon);
      passwords.user(name, user.substring(colon + 1));
      accounts.ensure(name);
    }
    if (options.anyUser == null) {
      return passwords;
    }
    passwords.anyUser(options.anyUser);
    return new Users(passwords, accounts);
  }

  @Override
  public LoginDecision verify(LoginAttempt attempt, Secret password) throws StoreException {
    return withAccount(passwords.verify(attempt, password));
  }

  @Override
  public LoginDecision authorize(LoginAttempt attempt) throws StoreException {
    return withAccount(passwords.authorize(attempt));
  }

  private LoginDecision withAccount(LoginDecision decision) throws StoreException {
    if (decision instanceof LoginDecision.Granted granted) {
      accounts.ensure(granted.identity().account());
    }
    return decision;
  }

  @Override
  public Set<ScramHash> scramHashes() {
    return passwords.scramHashes();
  }

  @Override
  public Optional<ScramKeys> scram(String authenticationId, ScramHash hash) {
    return passwords.scram(authenticationId, hash);
  }

  @Override
  public Lane lane() {
    return passwords.lane();
  }
}
