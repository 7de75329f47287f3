package org.posthorn.store.memory;

import java.util.TreeMap;
import org.posthorn.store.Cursor;
import org.posthorn.store.UidSet;

/** Which UIDs vanished at which MODSEQ; the oldest are forgotten when there are too many ranges. */
final class VanishedLog {
  private final int maxRanges;
  private final TreeMap<Long, UidSet> byModSeq = new TreeMap<>();
  private long ranges;
  private long forgotten;

  VanishedLog(int maxRanges) {
    this.maxRanges = maxRanges;
  }

  void add(long modSeq, UidSet uids) {
    UidSet before = byModSeq.getOrDefault(modSeq, UidSet.EMPTY);
    UidSet after = before.union(uids);
    byModSeq.put(modSeq, after);
    ranges += after.rangeCount() - before.rangeCount();
    while (ranges > maxRanges) {
      var oldest = byModSeq.pollFirstEntry();
      ranges -= oldest.getValue().rangeCount();
      forgotten = oldest.getKey();
    }
  }

  /** What vanished up to there is not known. */
  void forgetUpTo(long modSeq) {
    forgotten = Math.max(forgotten, modSeq);
  }

  /** Whether something after this position is no longer known. */
  boolean isLostAfter(Cursor position) {
    return position.isBefore(forgotten, UidSet.MAX_UID);
  }

  /** What vanished after one position, up to and including another. */
  UidSet between(Cursor after, Cursor upTo) {
    if (byModSeq.isEmpty() || byModSeq.lastKey() < after.modSeq()) {
      return UidSet.EMPTY; // as for every session that hears of new mail
    }
    UidSet.Builder found = UidSet.builder();
    byModSeq
        .tailMap(after.modSeq(), true)
        .headMap(Math.max(after.modSeq(), upTo.modSeq()), true)
        .forEach(
            (modSeq, uids) -> {
              long first = modSeq == after.modSeq() ? next(after.uid()) : 1;
              long last = modSeq == upTo.modSeq() ? upTo.uid() : UidSet.MAX_UID;
              found.addAll(uids.clamp(first, last));
            });
    return found.build();
  }

  private static long next(long uid) {
    return uid >= UidSet.MAX_UID ? UidSet.MAX_UID + 1 : uid + 1;
  }
}
