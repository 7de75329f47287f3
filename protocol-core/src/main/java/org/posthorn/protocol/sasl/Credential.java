package org.posthorn.protocol.sasl;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;

/**
 * What is kept of one user's password: SCRAM keys and a slower hash such as Argon2id, either or
 * both. Its text is one line of words, the keys as in RFC 5803, the hash in PHC form: {@code
 * SCRAM-SHA-256$4096:salt$StoredKey:ServerKey $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * @param hash null when there are SCRAM keys only
 */
public record Credential(List<ScramKeys> scram, @Nullable String hash) {
  private static final SecureRandom RANDOM = new SecureRandom();

  public Credential {
    scram = List.copyOf(scram);
    if (scram.isEmpty() && hash == null) {
      throw new IllegalArgumentException("neither SCRAM keys nor a hash");
    }
  }

  /** SCRAM-SHA-256 keys of a password, nothing else. */
  public static Credential of(Secret password, int iterations) {
    return of(password, iterations, Set.of(ScramHash.SHA_256));
  }

  /** SCRAM-SHA-256 keys and a hash of a password. */
  public static Credential of(Secret password, int iterations, PasswordHash hash) {
    return new Credential(of(password, iterations).scram(), hash.hash(password));
  }

  /**
   * SCRAM keys of a password for several hashes, each with a salt of its own.
   *
   * @throws IllegalArgumentException when SASLprep prohibits the password, or there is no hash
   */
  public static Credential of(Secret password, int iterations, Set<ScramHash> hashes) {
    List<ScramKeys> keys = new ArrayList<>();
    for (ScramHash hash : ScramHash.values()) {
      if (hashes.contains(hash)) {
        byte[] salt = new byte[ScramDecoy.SALT_OCTETS];
        RANDOM.nextBytes(salt);
        keys.add(ScramKeys.of(hash, password, salt, iterations));
      }
    }
    return new Credential(keys, null);
  }

  /** The keys for a SCRAM mechanism. */
  public Optional<ScramKeys> scram(ScramHash which) {
    for (ScramKeys keys : scram) {
      if (keys.hash() == which) {
        return Optional.of(keys);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether it was made of this password: by the hash where there is one, else by the first SCRAM
   * keys.
   */
  public boolean matches(Secret password, List<PasswordHash> known) {
    if (hash == null) {
      return scram.get(0).matches(password);
    }
    for (PasswordHash candidate : known) {
      if (candidate.recognises(hash)) {
        return candidate.matches(password, hash);
      }
    }
    return false;
  }

  /** As text; a secret. */
  public Secret text() {
    List<String> words = new ArrayList<>(scram.stream().map(ScramKeys::text).toList());
    if (hash != null) {
      words.add(hash);
    }
    return Secret.of(String.join(" ", words));
  }

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException when it is something else; the message has no part of it
   */
  public static Credential parse(String text) {
    List<ScramKeys> scram = new ArrayList<>();
    String hash = null;
    for (String word : text.strip().split(" +", -1)) {
      if (word.startsWith("SCRAM-")) {
        scram.add(ScramKeys.parse(word));
      } else if (word.startsWith("$") && hash == null) {
        hash = word;
      } else {
        throw new IllegalArgumentException("not a credential");
      }
    }
    return new Credential(scram, hash);
  }

  @Override
  public String toString() {
    return "Credential" + scram.stream().map(ScramKeys::hash).toList();
  }
}
