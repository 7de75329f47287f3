package org.posthorn.mime;

/** Finds where lines of a header end, and the first CR and LF in them that stand alone. */
final class HeaderLineEnds {

  private int crAt;
  private int lfAt;

  void clear() {
    crAt = -1;
    lfAt = -1;
  }

  /** The index behind the LF of the line that goes on there, or -1 if it is not in the range. */
  int next(byte[] array, int from, int to) {
    int cr = -1;
    int at = from;
    while (true) {
      int end = OctetScan.indexOfLineEnd(array, at, to);
      if (end < 0) {
        return -1;
      }
      at = end + 1;
      if (array[end] == '\n') {
        break;
      }
      if (array[end] == '\r' && at < to && array[at] != '\n' && cr < 0) {
        cr = end;
      }
    }
    if (cr >= 0 && crAt < 0) {
      crAt = cr;
    }
    if (lfAt < 0 && array[at - 2] != '\r') {
      lfAt = at - 1;
    }
    return at;
  }

  /** Tells of them in their order, their indexes counted from that offset. */
  void tell(BareEnds bare, long base) {
    if (lfAt >= 0 && lfAt < crAt) {
      bare.lf(base + lfAt);
    }
    if (crAt >= 0) {
      bare.cr(base + crAt);
    }
    if (lfAt >= 0) {
      bare.lf(base + lfAt);
    }
  }
}
