package org.posthorn.protocol.sasl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.stringprep.Precis;
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
  private final Set<ScramHash> scram;
  private final AuthorizationPolicy authorization;
  private final CredentialCheck check;
  private final Secret spareDecoySecret = ScramDecoy.randomSecret();
  private volatile Loaded loaded = new Loaded(new Stamp(0, 0, null), new CredentialFile());

  /** What tells one content of the file from the next. */
  private record Stamp(long modifiedMillis, long size, @Nullable Object key) {}

  /** With the SCRAM hashes that all users have; null without users. */
  private record Loaded(Stamp stamp, CredentialFile content, @Nullable Set<ScramHash> common) {
    Loaded(Stamp stamp, CredentialFile content) {
      this(stamp, content, content.commonHashes());
    }
  }

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
    this(file, hashes, Set.of(ScramHash.SHA_256), AuthorizationPolicy.SELF);
  }

  /**
   * With all there is to choose.
   *
   * @param hashes understood in the file; the first one hashes new passwords
   * @param scram which SCRAM keys new passwords get, at least one; a mechanism is offered when
   *     every user in the file has keys for it
   * @param authorization who may act as whom
   */
  public FileAuthenticator(
      Path file,
      List<PasswordHash> hashes,
      Set<ScramHash> scram,
      AuthorizationPolicy authorization) {
    if (scram.isEmpty()) {
      throw new IllegalArgumentException("no SCRAM hash");
    }
    this.file = file;
    this.hashes = List.copyOf(hashes);
    this.scram = Set.copyOf(scram);
    this.authorization = authorization;
    this.check = new CredentialCheck(ITERATIONS, hashes);
    try {
      content();
    } catch (IOException e) {
      // Said at every login; until the file is mended there are no users.
      loaded = new Loaded(new Stamp(-1, -1, null), new CredentialFile());
    }
  }

  /**
   * Adds a user or changes the password of one, for good.
   *
   * @param name kept as UsernameCaseMapped has it (RFC 8265 section 3.3), so in lower case
   * @param password of OpaqueString (RFC 8265 section 4.2), and not prohibited by SASLprep
   * @throws IllegalArgumentException when name or password are not allowed, or the name would break
   *     the file: with a colon, or # in front
   */
  public synchronized void put(String name, Secret password) throws IOException {
    String prepared = Precis.usernameCaseMapped(name);
    if (prepared == null || prepared.startsWith("#") || prepared.indexOf(':') >= 0) {
      throw new IllegalArgumentException("not a user name for a file");
    }
    String opaque = Precis.opaqueString(password.revealText());
    if (opaque == null) {
      throw new IllegalArgumentException("a password that RFC 8265 does not allow");
    }
    Secret kept = Secret.of(opaque);
    Credential keys = Credential.of(kept, ITERATIONS, scram);
    Credential credential =
        hashes.isEmpty() ? keys : new Credential(keys.scram(), hashes.get(0).hash(kept));
    CredentialFile content = present();
    content.put(prepared, credential);
    rewrite(content);
  }

  /** Forgets a user; false when there was none. */
  public synchronized boolean remove(String name) throws IOException {
    CredentialFile content = present();
    boolean was = content.remove(name);
    if (was) {
      rewrite(content);
    }
    return was;
  }

  /** All names, in the file's order. */
  public List<String> names() throws IOException {
    return content().names();
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

  private Optional<CredentialFile.User> find(String user) throws StoreException {
    try {
      return Optional.ofNullable(content().find(user));
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.UNAVAILABLE, "the user file cannot be read", e);
    }
  }

  @Override
  public LoginDecision verify(LoginAttempt attempt, Secret password) throws StoreException {
    Optional<CredentialFile.User> user = find(attempt.authenticationId());
    return check.matches(user.map(CredentialFile.User::credential), password)
        ? authorize(attempt)
        : CredentialCheck.wrong(user.isPresent());
  }

  @Override
  public LoginDecision authorize(LoginAttempt attempt) throws StoreException {
    Optional<CredentialFile.User> user = find(attempt.authenticationId());
    if (user.isEmpty()) {
      return CredentialCheck.wrong(false);
    }
    String asked = attempt.authorizationId();
    String actingAs = find(asked).map(CredentialFile.User::name).orElse(asked);
    return CredentialCheck.authorize(authorization, user.get().name(), actingAs);
  }

  @Override
  public Set<ScramHash> scramHashes() {
    Set<ScramHash> common = loaded.common();
    return common == null ? scram : common;
  }

  @Override
  public Optional<ScramKeys> scram(String authenticationId, ScramHash hash) throws StoreException {
    return find(authenticationId).flatMap(user -> user.credential().scram(hash));
  }

  @Override
  public ScramDecoy decoy() {
    Secret kept = loaded.content().decoySecret();
    return new ScramDecoy(Objects.requireNonNullElse(kept, spareDecoySecret), ITERATIONS);
  }
}
