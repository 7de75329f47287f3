package org.posthorn.relay;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again, and when no more.
 *
 * @param first time from the first attempt to the second
 * @param growth by how much each further wait is longer than the one before; at least 1
 * @param longest time between attempts
 * @param jitter part of each wait that chance adds or takes away; 0 to 0.5
 * @param delayNotice age at which the sender is told that it takes longer
 * @param expiry age at which mail goes back to its sender
 */
public record RetryPolicy(
    Duration first,
    double growth,
    Duration longest,
    double jitter,
    Duration delayNotice,
    Duration expiry) {
  /**
   * Five minutes to four hours, a notice after four hours, back after five days (RFC 5321 4.5.4.1).
   */
  public static final RetryPolicy STANDARD =
      new RetryPolicy(
          Duration.ofMinutes(5),
          2,
          Duration.ofHours(4),
          0.2,
          Duration.ofHours(4),
          Duration.ofDays(5));

  public RetryPolicy {
    if (first.isNegative() || first.isZero() || growth < 1 || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("waits that do not grow");
    }
    if (jitter < 0 || jitter > 0.5 || expiry.isNegative()) {
      throw new IllegalArgumentException("jitter or expiry");
    }
  }

  public RetryPolicy withWaits(Duration newFirst, Duration newLongest) {
    return new RetryPolicy(newFirst, growth, newLongest, jitter, delayNotice, expiry);
  }

  public RetryPolicy withDelayNotice(Duration age) {
    return new RetryPolicy(first, growth, longest, jitter, age, expiry);
  }

  public RetryPolicy withExpiry(Duration age) {
    return new RetryPolicy(first, growth, longest, jitter, delayNotice, age);
  }

  /** How long to wait after so many attempts. */
  Duration wait(int attempts, RandomGenerator random) {
    double exact = first.toMillis() * Math.pow(growth, Math.max(0, attempts - 1));
    double bounded = Math.min(exact, (double) longest.toMillis());
    double swung = bounded * (1 + jitter * (2 * random.nextDouble() - 1));
    return Duration.ofMillis(Math.max(1, (long) swung));
  }
}
