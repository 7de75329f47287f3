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
    RangeList common = new RangeList(Math.min(2 * a.rangeCount(), a.rangeCount() + b.rangeCount()));
    int j = 0;
    for (int i = 0; i < a.rangeCount(); i++) {
      long first = a.rangeFirst(i);
      long last = a.rangeLast(i);
      j = reaching(b, j, first);
      for (int k = j; k < b.rangeCount() && b.rangeFirst(k) <= last; k++) {
        common.add(Math.max(first, b.rangeFirst(k)), Math.min(last, b.rangeLast(k)));
      }
    }
    return common.toSet();
  }

  /**
   * The first range from {@code at} on that ends at the UID or behind it. It is looked for close by
   * first, then in steps that double, because sets that are intersected often cover the same UIDs.
   */
  private static int reaching(UidSet set, int at, long uid) {
    int low = at;
    int step = 1;
    while (low + step <= set.rangeCount() && set.rangeLast(low + step - 1) < uid) {
      low += step;
      step *= 2;
    }
    int high = Math.min(low + step, set.rangeCount());
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (set.rangeLast(middle) < uid) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
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
