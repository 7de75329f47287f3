package org.posthorn.imap.sort;

import java.util.Arrays;

/**
 * Some messages in their order, with what they are sorted by. Immutable.
 *
 * @param uids in their order
 * @param ends behind each message's octets in {@code keys}
 */
record SortRun(long[] uids, int[] starts, int[] ends, byte[] keys) {

  int size() {
    return uids.length;
  }

  /** Octets of memory that it takes, about. */
  long weight() {
    return 16L * uids.length + keys.length;
  }

  /** Messages with the same keys keep the order of the mailbox. */
  static int compare(SortRun a, int i, SortRun b, int j) {
    int order =
        Arrays.compareUnsigned(
            a.keys, a.starts[i], a.ends[i], b.keys, b.starts[j], b.ends[j]);
    return order == 0 ? Long.compare(a.uids[i], b.uids[j]) : order;
  }
}
