package org.posthorn.benchmarks.load;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often a time of how many nanoseconds was seen: 32 classes for each power of two, so a time is
 * known to 3 %. Thread-safe.
 */
final class Histogram {
  private static final int CLASS_BITS = 5;
  private static final int CLASSES = 1 << CLASS_BITS;

  private final AtomicLongArray counts = new AtomicLongArray((Long.SIZE - CLASS_BITS) * CLASSES);

  void add(long nanos) {
    counts.incrementAndGet(index(Math.max(0, nanos)));
  }

  private static int index(long nanos) {
    if (nanos < CLASSES) {
      return (int) nanos;
    }
    int shift = Long.SIZE - Long.numberOfLeadingZeros(nanos) - 1 - CLASS_BITS;
    return ((shift + 1) << CLASS_BITS) + (int) (nanos >>> shift) - CLASSES;
  }

  /** The middle of a class. */
  private static double nanos(int index) {
    if (index < CLASSES) {
      return index;
    }
    int shift = (index >> CLASS_BITS) - 1;
    return ((index & (CLASSES - 1)) + CLASSES + 0.5) * Math.pow(2, shift);
  }

  /** How many times there are. */
  long count() {
    long all = 0;
    for (int i = 0; i < counts.length(); i++) {
      all += counts.get(i);
    }
    return all;
  }

  /**
   * The time that a share of all does not exceed, in microseconds.
   *
   * @param share such as 0.99
   */
  double micros(double share) {
    long rank = (long) Math.ceil(count() * share);
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen >= rank && seen > 0) {
        return nanos(i) / 1000;
      }
    }
    return 0;
  }
}
