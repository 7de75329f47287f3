package org.posthorn.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.PasswordHash;
import org.posthorn.protocol.stringprep.Precis;

/**
 * Argon2id, RFC 9106. The text is {@code $argon2id$v=19$m=KiB,t=passes,p=lanes$salt$hash}, base64
 * without padding. Passwords are prepared by the profile OpaqueString (RFC 8265 section 4.2). The
 * memory of all hashes under way is bounded: whoever finds it spent waits.
 */
public final class Argon2idHash implements PasswordHash {
  /** 19 MiB and two passes: the first recommendation of OWASP for little memory. */
  private static final int MEMORY_KIB = 19 * 1024;

  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_OCTETS = 16;
  private static final int HASH_OCTETS = 32;
  private static final int DEFAULT_BUDGET_KIB = 64 * 1024;
  private static final int MAX_PASSES = 64;
  private static final int MAX_LANES = 64;
  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,172})");

  private final Parameters forNew;
  private final int budgetKib;
  private final Semaphore memory;
  private final SecureRandom random = new SecureRandom();

  private record Parameters(int memoryKib, int passes, int lanes) {
    Parameters {
      // RFC 9106 section 3.1.
      if (lanes < 1
          || lanes > MAX_LANES
          || passes < 1
          || passes > MAX_PASSES
          || memoryKib < 8 * lanes) {
        throw new IllegalArgumentException("Argon2 parameters out of range");
      }
    }
  }

  /** 19 MiB, two passes, one lane; 64 MiB at once. */
  public Argon2idHash() {
    this(MEMORY_KIB, PASSES, LANES, DEFAULT_BUDGET_KIB);
  }

  /**
   * Other parameters for new hashes; old ones keep theirs.
   *
   * @param memoryKib of one hash, at least 8 times {@code lanes}
   * @param passes 1 to 64
   * @param lanes 1 to 64
   * @param budgetKib memory of all hashes under way; a stored hash that needs more is a fault
   */
  public Argon2idHash(int memoryKib, int passes, int lanes, int budgetKib) {
    this.forNew = new Parameters(memoryKib, passes, lanes);
    if (budgetKib < memoryKib) {
      throw new IllegalArgumentException("the budget is too small for one hash");
    }
    this.budgetKib = budgetKib;
    this.memory = new Semaphore(budgetKib, true);
  }

  @Override
  public String hash(Secret password) {
    byte[] salt = new byte[SALT_OCTETS];
    random.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + forNew.memoryKib()
        + ",t="
        + forNew.passes()
        + ",p="
        + forNew.lanes()
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(compute(forNew, salt, HASH_OCTETS, password));
  }

  @Override
  public boolean recognises(String hash) {
    return TEXT.matcher(hash).matches();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the stored parameters are out of range or over budget
   */
  @Override
  public boolean matches(Secret password, String hash) {
    Matcher matcher = TEXT.matcher(hash);
    if (!matcher.matches()) {
      return false;
    }
    Parameters parameters =
        new Parameters(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)));
    byte[] salt = Base64.getDecoder().decode(matcher.group(4));
    byte[] expected = Base64.getDecoder().decode(matcher.group(5));
    return MessageDigest.isEqual(expected, compute(parameters, salt, expected.length, password));
  }

  private byte[] compute(Parameters parameters, byte[] salt, int octets, Secret password) {
    if (parameters.memoryKib() > budgetKib) {
      throw new IllegalArgumentException(
          "a hash needs " + parameters.memoryKib() + " KiB, the budget is " + budgetKib);
    }
    memory.acquireUninterruptibly(parameters.memoryKib());
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(parameters.memoryKib())
              .withIterations(parameters.passes())
              .withParallelism(parameters.lanes())
              .withSalt(salt)
              .build());
      byte[] result = new byte[octets];
      generator.generateBytes(prepared(password), result);
      return result;
    } finally {
      memory.release(parameters.memoryKib());
    }
  }

  /** What the profile does not allow is hashed as it is: nobody's new password can be that. */
  private static byte[] prepared(Secret password) {
    String text = password.revealText();
    String opaque = Precis.opaqueString(text);
    return (opaque == null ? text : opaque).getBytes(StandardCharsets.UTF_8);
  }
}
