package org.posthorn.protocol.sasl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;
import org.posthorn.store.StoreException;

/**
 * Users kept in a text file, which is read again when it changes and replaced as a whole when this
 * object changes it. Thread-safe; one process should write a file at a time. A missing file has no
 * users.
 */
public final class FileAuthenticator implements Authenticator {
  private static final int ITERATIONS = 15_000;

  private final Path file;
  private final List<PasswordHash> hashes;
  private final CredentialCheck check;
  private final Secret spareDecoySecret = ScramDecoy.randomSecret();
  private volatile Loaded loaded = new Loaded(new Stamp(0, 0, null), new CredentialFile());

  /** What tells one content of the file from the next. */
  private record Stamp(long modifiedMillis, long size, @Nullable Object key) {}

  private record Loaded(Stamp stamp, CredentialFile content) {}

  /** Passwords are kept as SCRAM keys alone. */
  public FileAuthenticator(Path file) {
    this(file, List.of());
  }

  /**
   * Passwords are kept as SCRAM keys and hashed.
   *
   * @param hashes understood in the file; the first one hashes new passwords
   */
  public FileAuthenticator(Path file, List<PasswordHash> hashes) {
    this.file = file;
    this.hashes = List.copyOf(hashes);
    this.check = new CredentialCheck(ITERATIONS, hashes);
  }

  /**
   * Adds a user or changes the password of one, for good.
   *
   * @param name without colon and control characters, not beginning with #
   */
  public synchronized void put(String name, Secret password) throws IOException {
    String prepared = SaslPrep.prepare(name);
    if (prepared.isBlank()
        || prepared.startsWith("#")
        || prepared.chars().anyMatch(c -> c == ':' || Character.isISOControl(c))) {
      throw new IllegalArgumentException("not a user name for a file");
    }
    Credential credential =
        hashes.isEmpty()
            ? Credential.of(password, ITERATIONS)
            : Credential.of(password, ITERATIONS, hashes.get(0));
    CredentialFile content = present();
    content.users().put(prepared, credential);
    rewrite(content);
  }

  /** Forgets a user; false when there was none. */
  public synchronized boolean remove(String name) throws IOException {
    CredentialFile content = present();
    boolean was = content.users().remove(SaslPrep.prepare(name)) != null;
    if (was) {
      rewrite(content);
    }
    return was;
  }

  /** All names, in the file's order. */
  public List<String> names() throws IOException {
    return List.copyOf(content().users().keySet());
  }

  private CredentialFile present() throws IOException {
    return Files.exists(file) ? CredentialFile.read(file) : new CredentialFile();
  }

  private void rewrite(CredentialFile content) throws IOException {
    if (content.decoySecret() == null) {
      content.decoySecret(spareDecoySecret);
    }
    content.write(file);
    loaded = new Loaded(stamp(), content);
  }

  private CredentialFile content() throws IOException {
    Stamp stamp = stamp();
    Loaded known = loaded;
    if (!stamp.equals(known.stamp())) {
      known = new Loaded(stamp, present());
      loaded = known;
    }
    return known.content();
  }

  private Stamp stamp() throws IOException {
    if (!Files.exists(file)) {
      return new Stamp(0, 0, null);
    }
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(now.lastModifiedTime().toMillis(), now.size(), now.fileKey());
  }

  private Optional<Credential> find(String user) throws StoreException {
    try {
      Map<String, Credential> users = content().users();
      return Optional.ofNullable(users.get(user));
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.UNAVAILABLE, "the user file cannot be read", e);
    }
  }

  @Override
  public LoginDecision verify(LoginAttempt attempt, Secret password) throws StoreException {
    return check.verify(find(attempt.authenticationId()), attempt, password);
  }

  @Override
  public LoginDecision authorize(LoginAttempt attempt) throws StoreException {
    if (find(attempt.authenticationId()).isEmpty()) {
      return new LoginDecision.Denied(LoginDecision.Reason.CREDENTIALS, "unknown user");
    }
    return check.authorize(attempt);
  }

  @Override
  public Set<ScramHash> scramHashes() {
    return Set.of(ScramHash.SHA_256);
  }

  @Override
  public Optional<ScramKeys> scram(String authenticationId, ScramHash hash) throws StoreException {
    return find(authenticationId).flatMap(credential -> credential.scram(hash));
  }

  @Override
  public ScramDecoy decoy() {
    Secret kept = loaded.content().decoySecret();
    return new ScramDecoy(Objects.requireNonNullElse(kept, spareDecoySecret), ITERATIONS);
  }
}
