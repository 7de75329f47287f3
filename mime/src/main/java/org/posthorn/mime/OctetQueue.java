package org.posthorn.mime;

import java.nio.ByteBuffer;

/** The few octets that a codec has yet to write because its output was full. */
final class OctetQueue {

  private final byte[] octets;
  private int from;
  private int to;

  OctetQueue(int capacity) {
    octets = new byte[capacity];
  }

  boolean isEmpty() {
    return from == to;
  }

  int length() {
    return to - from;
  }

  boolean isFull() {
    return to == octets.length;
  }

  void clear() {
    from = 0;
    to = 0;
  }

  void add(int octet) {
    octets[to++] = (byte) octet;
  }

  void add(OctetQueue other) {
    System.arraycopy(other.octets, other.from, octets, to, other.length());
    to += other.length();
  }

  /** Writes what there is room for; tells whether that is all. */
  boolean drain(ByteBuffer out) {
    int count = Math.min(to - from, out.remaining());
    out.put(octets, from, count);
    from += count;
    if (from < to) {
      return false;
    }
    clear();
    return true;
  }
}
