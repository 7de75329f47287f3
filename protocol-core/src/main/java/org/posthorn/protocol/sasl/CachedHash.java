package org.posthorn.protocol.sasl;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.posthorn.protocol.Secret;

/**
 * Spares a slow hash what it verified lately: clients that log in every minute cost one hash in a
 * while. Only what was right is kept, as a digest under a key of this object, so that nobody who
 * reads the memory finds a password; a wrong password always costs the whole hash, and so does an
 * unknown user. A changed password is another hash and so never found. Thread-safe.
 */
public final class CachedHash implements PasswordHash {
  private static final String MAC = "HmacSHA256";

  private final PasswordHash slow;
  private final long lifetime;
  private final LongSupplier nanoTime;
  private final SecretKeySpec key = new SecretKeySpec(ScramDecoy.randomSecret().reveal(), MAC);
  private final Map<ByteBuffer, Long> verified;

  /**
   * Puts a cache before a hash.
   *
   * @param size verifications that are kept, at least 1; those not used for longest go first
   * @param lifetime after which a password is hashed again, however often it is used
   */
  public CachedHash(PasswordHash slow, int size, Duration lifetime) {
    this(slow, size, lifetime, System::nanoTime);
  }

  CachedHash(PasswordHash slow, int size, Duration lifetime, LongSupplier nanoTime) {
    if (size < 1 || lifetime.isNegative()) {
      throw new IllegalArgumentException("size " + size + ", lifetime " + lifetime);
    }
    this.slow = slow;
    this.lifetime = lifetime.toNanos();
    this.nanoTime = nanoTime;
    this.verified =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Long> eldest) {
            return size() > size;
          }
        };
  }

  @Override
  public String hash(Secret password) {
    return slow.hash(password);
  }

  @Override
  public boolean recognises(String hash) {
    return slow.recognises(hash);
  }

  @Override
  public boolean matches(Secret password, String hash) {
    ByteBuffer digest = digest(password, hash);
    if (isVerified(digest)) {
      return true;
    }
    boolean right = slow.matches(password, hash);
    if (right) {
      remember(digest);
    }
    return right;
  }

  private boolean isVerified(ByteBuffer digest) {
    synchronized (verified) {
      Long since = verified.get(digest);
      if (since == null) {
        return false;
      }
      boolean fresh = nanoTime.getAsLong() - since < lifetime;
      if (!fresh) {
        verified.remove(digest);
      }
      return fresh;
    }
  }

  private void remember(ByteBuffer digest) {
    synchronized (verified) {
      verified.put(digest, nanoTime.getAsLong());
    }
  }

  private ByteBuffer digest(Secret password, String hash) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update(SaslText.utf8(hash));
      mac.update((byte) 0);
      return ByteBuffer.wrap(mac.doFinal(password.reveal()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }
}
