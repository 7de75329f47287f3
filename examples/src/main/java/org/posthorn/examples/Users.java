package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.FileAuthenticator;
import org.posthorn.protocol.sasl.LoginAttempt;
import org.posthorn.protocol.sasl.LoginDecision;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.ScramDecoy;
import org.posthorn.protocol.sasl.ScramHash;
import org.posthorn.protocol.sasl.ScramKeys;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/**
 * The users of the command line or of a file. An account that is not there appears when its user
 * logs in for the first time.
 */
final class Users implements Authenticator {
  private final Authenticator passwords;
  private final Accounts accounts;

  private Users(Authenticator passwords, Accounts accounts) {
    this.passwords = passwords;
    this.accounts = accounts;
  }

  static Authenticator of(ServeOptions options, MailStore store) throws StoreException {
    Accounts accounts = new Accounts(store, options.folders);
    Path file = options.accounts.usersFile;
    if (file != null) {
      return fromFile(file, options.accounts, accounts);
    }
    MemoryAuthenticator passwords = new MemoryAuthenticator();
    for (String user : options.accounts.users) {
      int colon = user.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("--user takes NAME:PASSWORD");
      }
      String name = user.substring(0, colon);
      passwords.user(name, user.substring(colon + 1));
      accounts.ensure(name);
    }
    if (options.accounts.anyUser == null) {
      return passwords;
    }
    passwords.anyUser(options.accounts.anyUser);
    return new Users(passwords, accounts);
  }

  /** Who is in the file now gets an account now, so that mail may come before the first login. */
  private static Users fromFile(Path file, AccountOptions options, Accounts accounts)
      throws StoreException {
    if (!options.users.isEmpty() || options.anyUser != null) {
      throw new IllegalArgumentException("--users-file stands without --user and --any-user");
    }
    FileAuthenticator passwords = new FileAuthenticator(file, PasswdCommand.hashes());
    try {
      for (String name : passwords.names()) {
        accounts.ensure(name);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("--users-file: " + e.getMessage(), e);
    }
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
  public Optional<ScramKeys> scram(String authenticationId, ScramHash hash) throws StoreException {
    return passwords.scram(authenticationId, hash);
  }

  @Override
  public ScramDecoy decoy() {
    return passwords.decoy();
  }

  @Override
  public boolean keepsPasswords() {
    return passwords.keepsPasswords();
  }

  /** Making an account takes a store. */
  @Override
  public Lane lane() {
    return passwords.lane() == Lane.INLINE ? Lane.STORE : passwords.lane();
  }
}
