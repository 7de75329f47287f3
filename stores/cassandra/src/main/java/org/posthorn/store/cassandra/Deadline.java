package org.posthorn.store.cassandra;

import java.time.Duration;

/**
 * Until when one call tries.
 *
 * @param end as {@link System#nanoTime} counts
 */
record Deadline(long end) {
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  boolean isOver() {
    return System.nanoTime() - end > 0;
  }
}
