package org.posthorn.protocol.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.Secret;

class CachedHashTest {
  private int hashed;
  private long now = -1;

  private final PasswordHash counted =
      new PasswordHash() {
        @Override
        public String hash(Secret password) {
          return CredentialTest.REVERSED.hash(password);
        }

        @Override
        public boolean recognises(String hash) {
          return CredentialTest.REVERSED.recognises(hash);
        }

        @Override
        public boolean matches(Secret password, String hash) {
          hashed++;
          return CredentialTest.REVERSED.matches(password, hash);
        }
      };

  private final CachedHash cached = new CachedHash(counted, 2, Duration.ofSeconds(10), () -> now);

  private boolean matches(String password, String kept) {
    return cached.matches(Secret.of(password), cached.hash(Secret.of(kept)));
  }

  @Test
  void whatWasRightIsNotHashedAgain() {
    assertTrue(matches("a", "a"));
    assertTrue(matches("a", "a"));
    assertEquals(1, hashed);
    now += Duration.ofSeconds(10).toNanos();
    assertTrue(matches("a", "a"));
    assertEquals(2, hashed);
  }

  @Test
  void whatIsWrongAlwaysCosts() {
    assertFalse(matches("b", "a"));
    assertFalse(matches("b", "a"));
    assertEquals(2, hashed);
    assertTrue(matches("a", "a"));
    assertFalse(matches("a", "b"));
    assertEquals(4, hashed);
  }

  @Test
  void theSizeIsKept() {
    matches("a", "a");
    matches("b", "b");
    matches("c", "c");
    assertEquals(3, hashed);
    matches("c", "c");
    assertEquals(3, hashed);
    matches("a", "a");
    assertEquals(4, hashed);
    assertThrows(IllegalArgumentException.class, () -> new CachedHash(counted, 0, Duration.ZERO));
  }
}
