package org.posthorn.imap.wire;

import org.jspecify.annotations.Nullable;

/** The last octets of a line that is skipped: enough to see whether it announces a literal. */
final class LineTail {
  /** A longer header than {@code ~{9223372036854775807+}} CR is not told apart. */
  private static final int ROOM = 32;

  private final byte[] octets = new byte[ROOM];
  private int length;

  /** Begins with what was already read of the line. */
  LineTail(byte[] line, int from, int to) {
    int start = Math.max(from, to - ROOM);
    length = to - start;
    System.arraycopy(line, start, octets, 0, length);
  }

  void add(byte octet) {
    if (length == ROOM) {
      length--;
      System.arraycopy(octets, 1, octets, 0, length);
    }
    octets[length++] = octet;
  }

  /** The line has ended: what it announces; another begins. */
  @Nullable LiteralHeader lineEnded() {
    int end = length > 0 && octets[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    return LiteralHeader.find(octets, 0, end);
  }
}
