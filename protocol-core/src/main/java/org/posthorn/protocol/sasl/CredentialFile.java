package org.posthorn.protocol.sasl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;

/**
 * The lines of a credential file: {@code name:credential}, {@code #} comments, and {@code :base64}
 * for the secret behind made-up salts.
 */
final class CredentialFile {
  private final Map<String, User> users = new LinkedHashMap<>();
  private final Map<String, User> byKey = new HashMap<>();
  private @Nullable Secret decoySecret;

  /** A line. */
  record User(String name, Credential credential) {}

  static CredentialFile read(Path file) throws IOException {
    CredentialFile read = new CredentialFile();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        read.add(line);
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ":" + number + ": not name:credential", e);
      }
    }
    return read;
  }

  private void add(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("no colon");
    }
    if (colon == 0) {
      decoySecret = Secret.of(Base64.getDecoder().decode(line.substring(1)));
    } else {
      put(line.substring(0, colon), Credential.parse(line.substring(colon + 1)));
    }
  }

  void put(String name, Credential credential) {
    User user = new User(name, credential);
    users.put(name, user);
    byKey.merge(UserNames.key(name), user, (old, fresh) -> old.name().equals(name) ? fresh : old);
  }

  /** By the name as it stands there, else in any case of letters. */
  @Nullable User find(String name) {
    User exact = users.get(name);
    return exact != null ? exact : byKey.get(UserNames.key(name));
  }

  /** False when there was none. */
  boolean remove(String name) {
    User user = find(name);
    if (user == null) {
      return false;
    }
    users.remove(user.name());
    byKey.clear();
    List<User> rest = List.copyOf(users.values());
    rest.forEach(each -> put(each.name(), each.credential()));
    return true;
  }

  List<String> names() {
    return List.copyOf(users.keySet());
  }

  /** The SCRAM hashes that every user has keys for; null without users. */
  @Nullable Set<ScramHash> commonHashes() {
    if (users.isEmpty()) {
      return null;
    }
    Set<ScramHash> common = EnumSet.allOf(ScramHash.class);
    for (User user : users.values()) {
      common.removeIf(hash -> user.credential().scram(hash).isEmpty());
    }
    return common;
  }

  @Nullable Secret decoySecret() {
    return decoySecret;
  }

  void decoySecret(Secret secret) {
    decoySecret = secret;
  }

  /** Written beside the old file, forced to disk, then put in its place. */
  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new");
    try {
      if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      }
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer octets = StandardCharsets.UTF_8.encode(text());
        while (octets.hasRemaining()) {
          channel.write(octets);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder("# Posthorn users, one a line: name:credential\n");
    if (decoySecret != null) {
      String base64 = Base64.getEncoder().encodeToString(decoySecret.reveal());
      text.append(':').append(base64).append('\n');
    }
    users.forEach(
        (name, user) ->
            text.append(name)
                .append(':')
                .append(user.credential().text().revealText())
                .append('\n'));
    return text.toString();
  }
}
