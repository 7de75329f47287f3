package org.posthorn.mime;

import java.nio.ByteBuffer;

/** The few octets that a codec has yet to write because its output was full. */
final class OctetQueue {

  private final int capacity;

  /** Made when the first octet comes: most contents need none. */
  private byte[] octets = {};

  private int from;
  private int to;

  OctetQueue(int capacity) {
    this.capacity = capacity;
  }

  boolean isEmpty() {
    return from == to;
  }

  int length() {
    return to - from;
  }

  boolean isFull() {
    return to == capacity;
  }

  void clear() {
    from = 0;
    to = 0;
  }

  void add(int octet) {
    reserve();
    octets[to++] = (byte) octet;
  }

  private void reserve() {
    if (octets.length == 0) {
      octets = new byte[capacity];
    }
  }

  void add(OctetQueue other) {
    if (other.isEmpty()) {
      return;
    }
    reserve();
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
