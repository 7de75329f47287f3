package org.posthorn.imap.sort;

import java.util.Arrays;

/** Some messages in their order, with what they are sorted by. Immutable. */
final class SortRun {
  private final long[] uids;
  private final int[] starts;
  private final int[] ends;
  private final byte[] keys;

  /**
   * Takes the arrays over.
   *
   * @param uids in their order
   * @param starts of each message's octets in {@code keys}
   * @param ends behind them
   */
  SortRun(long[] uids, int[] starts, int[] ends, byte[] keys) {
    this.uids = uids;
    this.starts = starts;
    this.ends = ends;
    this.keys = keys;
  }

  int size() {
    return uids.length;
  }

  /** The UID of the message at a place in the order, from 0. */
  long uid(int place) {
    return uids[place];
  }

  /** What the message at a place is sorted by. */
  byte[] key(int place) {
    return Arrays.copyOfRange(keys, starts[place], ends[place]);
  }

  /** Octets of memory that it takes, about. */
  long weight() {
    return 16L * uids.length + keys.length;
  }

  /** Messages with the same keys keep the order of the mailbox. */
  static int compare(SortRun a, int i, SortRun b, int j) {
    int order =
        Arrays.compareUnsigned(a.keys, a.starts[i], a.ends[i], b.keys, b.starts[j], b.ends[j]);
    return order == 0 ? Long.compare(a.uids[i], b.uids[j]) : order;
  }
}
