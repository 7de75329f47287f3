package org.posthorn.mime.compose;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where message identifiers and boundaries get what makes them unique: letters and digits, 16 to 40
 * of them, never the same twice.
 */
@FunctionalInterface
public interface IdSource {

  /** The next one. */
  String next();

  /** Unguessable ones: 100 bits each. Safe for any number of threads. */
  static IdSource random() {
    SecureRandom random = new SecureRandom();
    return () -> {
      StringBuilder id = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        id.append("abcdefghijklmnopqrstuvwxyz234567".charAt(random.nextInt(32)));
      }
      return id.toString();
    };
  }

  /** The same ones every time, for tests: the seed and a count. Safe for any number of threads. */
  static IdSource counting(long seed) {
    AtomicLong count = new AtomicLong();
    return () -> String.format("%08xx%08x", seed & 0xffff_ffffL, count.incrementAndGet());
  }
}
