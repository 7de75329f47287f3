package org.posthorn.testkit.engine;

import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when told to; starts at 2026-01-02T03:04:05Z. */
public final class ManualClock {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private long nanos;

  ManualClock() {}

  /** Monotonic time, on the scale that engines see. */
  public long nanoTime() {
    return nanos;
  }

  public Instant now() {
    return START.plusNanos(nanos);
  }

  void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time does not run backwards");
    }
    nanos += by.toNanos();
  }
}
