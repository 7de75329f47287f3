package org.posthorn.store;

import java.util.Arrays;

/** Set operations on ranges. */
final class UidSetAlgebra {
  private UidSetAlgebra() {}

  static UidSet union(UidSet a, UidSet b) {
    if (a.isEmpty()) {
      return b;
    }
    if (b.isEmpty()) {
      return a;
    }
    if (b.rangeCount() == 1 && b.first() > a.last()) {
      return appended(a, b.first(), b.last());
    }
    RangeList both = new RangeList(a.rangeCount() + b.rangeCount());
    int i = 0;
    int j = 0;
    while (i < a.rangeCount() || j < b.rangeCount()) {
      boolean fromA =
          j == b.rangeCount() || (i < a.rangeCount() && a.rangeFirst(i) <= b.rangeFirst(j));
      if (fromA) {
        both.add(a.rangeFirst(i), a.rangeLast(i));
        i++;
      } else {
        both.add(b.rangeFirst(j), b.rangeLast(j));
        j++;
      }
    }
    return both.toSet();
  }

  /**
   * New messages arrive at the end, most often next to the last one: then the beginnings stay as
   * they are.
   */
  private static UidSet appended(UidSet a, long first, long last) {
    int n = a.rangeCount();
    long size = a.size() + (last - first + 1);
    if (a.last() + 1 == first) {
      long[] ranks = Arrays.copyOf(a.ranks(), n + 1);
      ranks[n] = size;
      return new UidSet(a.starts(), ranks, n);
    }
    long[] starts = Arrays.copyOf(a.starts(), n + 1);
    long[] ranks = Arrays.copyOf(a.ranks(), n + 2);
    starts[n] = first;
    ranks[n + 1] = size;
    return new UidSet(starts, ranks, n + 1);
  }

  static UidSet intersect(UidSet a, UidSet b) {
    if (a.rangeCount() > b.rangeCount()) {
      return intersect(b, a);
    }
    // The set with fewer ranges leads, so that the cost follows it and what is common, not the
    // larger set.
    CommonRanges common = new CommonRanges(b, a.rangeCount());
    for (int i = 0; i < a.rangeCount(); i++) {
      common.add(a.rangeFirst(i), a.rangeLast(i));
    }
    return common.toSet();
  }

  static UidSet within(UidSet set, long[] bounds) {
    long before = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      // Ranges that touch are one range of the set that they make.
      if (bounds[i] <= before + 1 && i > 0) {
        return intersect(collected(bounds), set);
      }
      before = bounds[i + 1];
      if (bounds[i] < 1 || before < bounds[i] || before > UidSet.MAX_UID) {
        throw new IllegalArgumentException("not a range of UIDs: " + bounds[i] + ":" + before);
      }
    }
    CommonRanges common = new CommonRanges(set, bounds.length / 2);
    for (int i = 0; i < bounds.length; i += 2) {
      common.add(bounds[i], bounds[i + 1]);
    }
    return common.toSet();
  }

  private static UidSet collected(long[] bounds) {
    UidSet.Builder all = UidSet.builder(bounds.length / 2);
    for (int i = 0; i < bounds.length; i += 2) {
      all.addRange(bounds[i], bounds[i + 1]);
    }
    return all.build();
  }

  static UidSet minus(UidSet a, UidSet b) {
    if (a.isEmpty() || b.isEmpty() || b.first() > a.last() || b.last() < a.first()) {
      return a;
    }
    RangeList rest = new RangeList(a.rangeCount() + 1);
    int j = Math.max(0, b.rangeUpTo(a.first()));
    for (int i = 0; i < a.rangeCount(); i++) {
      long from = a.rangeFirst(i);
      long last = a.rangeLast(i);
      while (j < b.rangeCount() && b.rangeLast(j) < from) {
        j++;
      }
      for (int k = j; from <= last && k < b.rangeCount() && b.rangeFirst(k) <= last; k++) {
        if (from < b.rangeFirst(k)) {
          rest.add(from, b.rangeFirst(k) - 1);
        }
        from = b.rangeLast(k) + 1;
        j = k;
      }
      if (from <= last) {
        rest.add(from, last);
      }
    }
    return rest.toSet();
  }
}
