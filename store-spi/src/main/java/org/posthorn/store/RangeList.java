package org.posthorn.store;

import java.util.Arrays;

/**
 * Ranges being collected: touching and overlapping ones are joined as they come, those out of order
 * at the end.
 */
final class RangeList {
  private long[] starts;
  private long[] lasts;
  private int size;
  private boolean sorted = true;

  RangeList(int expected) {
    starts = new long[expected];
    lasts = new long[expected];
  }

  void add(long first, long last) {
    if (size > 0 && first <= lasts[size - 1] + 1) {
      if (first >= starts[size - 1]) {
        lasts[size - 1] = Math.max(lasts[size - 1], last);
        return;
      }
      sorted = false;
    }
    if (size == starts.length) {
      int capacity = Math.max(8, size + (size >> 1));
      starts = Arrays.copyOf(starts, capacity);
      lasts = Arrays.copyOf(lasts, capacity);
    }
    starts[size] = first;
    lasts[size++] = last;
  }

  UidSet toSet() {
    if (!sorted) {
      return inOrder().toSet();
    }
    if (size == 0) {
      return UidSet.EMPTY;
    }
    long[] ranks = new long[size + 1];
    for (int i = 0; i < size; i++) {
      ranks[i + 1] = ranks[i] + (lasts[i] - starts[i] + 1);
    }
    return new UidSet(size == starts.length ? starts : Arrays.copyOf(starts, size), ranks, size);
  }

  private RangeList inOrder() {
    // Both ends have 32 bits: sorted as one number, the sign turned so that the order is that of
    // unsigned numbers.
    long[] packed = new long[size];
    for (int i = 0; i < size; i++) {
      packed[i] = (starts[i] << 32 | lasts[i]) ^ Long.MIN_VALUE;
    }
    Arrays.sort(packed);
    RangeList ordered = new RangeList(size);
    for (long both : packed) {
      long range = both ^ Long.MIN_VALUE;
      ordered.add(range >>> 32, range & UidSet.MAX_UID);
    }
    return ordered;
  }
}
