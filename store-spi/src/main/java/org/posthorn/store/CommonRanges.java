package org.posthorn.store;

import java.util.Arrays;

/**
 * What ranges have in common with a set: they come ascending and do not touch each other, so that
 * what is common of them is disjoint and maximal as well.
 */
final class CommonRanges {
  private final long[] starts;
  private final long[] ranks;
  private final int ranges;
  private long[] commonStarts;
  private long[] commonRanks;
  private int size;

  /** The first range of the set that may reach the next one that comes. */
  private int at;

  /**
   * @param expected how many ranges will come
   */
  CommonRanges(UidSet set, int expected) {
    starts = set.starts();
    ranks = set.ranks();
    ranges = set.rangeCount();
    commonStarts = new long[Math.min(2 * expected, ranges + expected)];
    commonRanks = new long[commonStarts.length + 1];
  }

  void add(long first, long last) {
    int k = at;
    if (k < ranges && last(k) < first) {
      k = reaching(k, first);
      at = k;
    }
    for (; k < ranges && starts[k] <= last; k++) {
      long from = Math.max(first, starts[k]);
      long to = Math.min(last, last(k));
      if (size == commonStarts.length) {
        grow();
      }
      commonStarts[size] = from;
      commonRanks[size + 1] = commonRanks[size] + (to - from + 1);
      size++;
    }
  }

  private void grow() {
    int capacity = Math.max(8, size + (size >> 1));
    commonStarts = Arrays.copyOf(commonStarts, capacity);
    commonRanks = Arrays.copyOf(commonRanks, capacity + 1);
  }

  private long last(int i) {
    return starts[i] + (ranks[i + 1] - ranks[i]) - 1;
  }

  /**
   * The first range behind {@code from} that ends at the UID or behind it. It is looked for close
   * by first, then in steps that double, because sets that are intersected often cover the same
   * UIDs.
   */
  private int reaching(int from, long uid) {
    int low = from + 1;
    int near = Math.min(ranges, low + 4);
    while (low < near) {
      if (last(low) >= uid) {
        return low;
      }
      low++;
    }
    int step = 1;
    while (low + step <= ranges && last(low + step - 1) < uid) {
      low += step;
      step *= 2;
    }
    int high = Math.min(low + step, ranges);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (last(middle) < uid) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  UidSet toSet() {
    if (size == 0) {
      return UidSet.EMPTY;
    }
    // Sets are kept, so that what would lie idle in them is given back.
    boolean tight = size + (size >> 1) >= commonStarts.length;
    return new UidSet(
        tight ? commonStarts : Arrays.copyOf(commonStarts, size),
        tight ? commonRanks : Arrays.copyOf(commonRanks, size + 1),
        size);
  }
}
