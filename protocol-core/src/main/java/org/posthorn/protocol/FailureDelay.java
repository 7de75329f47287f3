package org.posthorn.protocol;

import java.time.Duration;

/**
 * How long a refused login is left unanswered, and how many a connection may have. The engine waits
 * with {@link Demand#WAIT} and a tick, so it costs no thread; known and unknown users wait alike.
 *
 * @param first delay of the first failure
 * @param growth what each further failure adds
 * @param longest no delay is longer
 * @param limit failures after which the connection is closed, at least 1
 */
public record FailureDelay(Duration first, Duration growth, Duration longest, int limit) {
  /** 2 s, then 2 s more each time up to 10 s; closes at the fifth. */
  public static final FailureDelay STANDARD =
      new FailureDelay(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(10), 5);

  /** Answers at once and closes at the tenth: for tests. */
  public static final FailureDelay NONE =
      new FailureDelay(Duration.ZERO, Duration.ZERO, Duration.ZERO, 10);

  public FailureDelay {
    if (first.isNegative() || growth.isNegative() || longest.isNegative() || limit < 1) {
      throw new IllegalArgumentException("negative delay, or limit below 1");
    }
  }

  /**
   * The delay of one failure.
   *
   * @param failures of this connection so far, this one included
   */
  public Duration after(int failures) {
    Duration delay = first.plus(growth.multipliedBy(Math.max(0, failures - 1)));
    return delay.compareTo(longest) > 0 ? longest : delay;
  }

  /** Whether so many failures end the connection. */
  public boolean exhausted(int failures) {
    return failures >= limit;
  }
}
