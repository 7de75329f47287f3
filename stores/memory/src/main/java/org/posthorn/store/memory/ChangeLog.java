package org.posthorn.store.memory;

import java.util.Arrays;
import java.util.Comparator;
import org.posthorn.store.Cursor;

/**
 * Which message changed at which MODSEQ, ordered by (MODSEQ, UID). A message that changes again
 * leaves a stale entry behind, which {@link #add} clears away once they are the greater part.
 */
final class ChangeLog {
  private static final int SMALL = 1024;

  /** Tells the entries that count. */
  interface Current {
    boolean isCurrent(long modSeq, long uid);
  }

  private long[] modSeqs = new long[16];
  private long[] uids = new long[16];
  private int size;
  private boolean ordered = true;

  int size() {
    return size;
  }

  long modSeq(int i) {
    return modSeqs[i];
  }

  long uid(int i) {
    return uids[i];
  }

  /**
   * Adds an entry that is greater than all before.
   *
   * @param live how many entries count
   */
  void add(long modSeq, long uid, int live, Current current) {
    if (size >= SMALL && size > 2L * live) {
      compact(current);
    }
    append(modSeq, uid);
  }

  /** Adds an entry that may be smaller than others; put in order when somebody asks. */
  void addOutOfOrder(long modSeq, long uid) {
    append(modSeq, uid);
    ordered = false;
  }

  private void append(long modSeq, long uid) {
    if (size == modSeqs.length) {
      int capacity = size + (size >> 1);
      modSeqs = Arrays.copyOf(modSeqs, capacity);
      uids = Arrays.copyOf(uids, capacity);
    }
    modSeqs[size] = modSeq;
    uids[size++] = uid;
  }

  private void order() {
    Cursor[] entries = new Cursor[size];
    for (int i = 0; i < size; i++) {
      entries[i] = new Cursor(modSeqs[i], uids[i]);
    }
    Arrays.sort(entries, Comparator.comparingLong(Cursor::modSeq).thenComparingLong(Cursor::uid));
    for (int i = 0; i < size; i++) {
      modSeqs[i] = entries[i].modSeq();
      uids[i] = entries[i].uid();
    }
    ordered = true;
  }

  private void compact(Current current) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (current.isCurrent(modSeqs[i], uids[i])) {
        modSeqs[kept] = modSeqs[i];
        uids[kept++] = uids[i];
      }
    }
    size = kept;
  }

  /** The index of the first entry beyond a position. */
  int firstAfter(Cursor position) {
    if (!ordered) {
      order();
    }
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (position.isBefore(modSeqs[middle], uids[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
