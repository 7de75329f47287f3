package org.posthorn.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.UidSet;

/** Turns sets of UIDs into as few {@code BETWEEN} conditions as the messages that exist allow. */
final class Ranges {
  private Ranges() {}

  /**
   * Ranges that hold exactly the messages of {@code wanted}, a subset of {@code existing}: gaps
   * without messages are bridged, so that 1,3,5 is one range when 2 and 4 are gone.
   */
  static List<UidSet.Range> cover(UidSet wanted, UidSet existing) {
    List<UidSet.Range> ranges = new ArrayList<>();
    int i = 0;
    while (i < wanted.rangeCount()) {
      long first = wanted.rangeFirst(i);
      long last = wanted.rangeLast(i);
      long nextRank = existing.rank(last) + 1;
      i++;
      while (i < wanted.rangeCount() && existing.rank(wanted.rangeFirst(i)) == nextRank) {
        last = wanted.rangeLast(i);
        nextRank = existing.rank(last) + 1;
        i++;
      }
      ranges.add(new UidSet.Range(first, last));
    }
    return ranges;
  }
}
