package org.posthorn.mime;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the stored form of an index: unsigned numbers in 7-bit groups, low group first, and
 * strings.
 */
final class IndexWriter {

  private byte[] array;
  private int length;

  IndexWriter(int capacity) {
    array = new byte[capacity];
  }

  int length() {
    return length;
  }

  int capacity() {
    return array.length;
  }

  void clear() {
    length = 0;
  }

  /** Forgets what was written after that length. */
  void truncate(int shorter) {
    length = shorter;
  }

  byte[] toByteArray() {
    return toByteArray(0);
  }

  /** What was written, and that many octets of room behind it. */
  byte[] toByteArray(int room) {
    return Arrays.copyOf(array, length + room);
  }

  /** How many octets {@link #number} takes for the value. */
  static int size(long value) {
    int bits = 64 - Long.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }

  void number(long value) {
    reserve(10);
    if ((value & ~0x7fL) == 0) {
      array[length++] = (byte) value;
      return;
    }
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[length++] = (byte) rest;
  }

  void octet(int value) {
    reserve(1);
    array[length++] = (byte) value;
  }

  void octets(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, array, length, to - from);
    length += to - from;
  }

  /**
   * A string that may be missing: 0, or a dictionary word (odd), or its length (even, from 2) and
   * octets.
   */
  void string(@Nullable Octets value) {
    if (value == null) {
      number(0);
    } else {
      string(value.array(), value.from(), value.to());
    }
  }

  void string(byte[] source, int from, int to) {
    string(source, from, to, Dictionary.find(source, from, to));
  }

  /** A string of which is known what word of the dictionary it is, or -1. */
  void string(byte[] source, int from, int to, int word) {
    if (word >= 0) {
      number(word * 2L + 1);
    } else {
      number((to - from) * 2L + 2);
      octets(source, from, to);
    }
  }

  void parameters(List<Parameter> parameters) {
    number(parameters.size());
    for (Parameter parameter : parameters) {
      string(parameter.name());
      string(parameter.value());
    }
  }

  /** Addresses without their number. */
  void addresses(List<MailAddress> addresses) {
    for (MailAddress address : addresses) {
      string(address.name());
      string(address.route());
      string(address.mailbox());
      string(address.host());
    }
  }

  /** What another writer holds, with its length before it. */
  void block(IndexWriter block) {
    number(block.length);
    octets(block.array, 0, block.length);
  }

  /** A piece of what another writer holds. */
  void slice(IndexWriter other, int from, int to) {
    octets(other.array, from, to);
  }

  /** Copies a piece of what is held. */
  void copyTo(int from, int to, byte[] target, int at) {
    System.arraycopy(array, from, target, at, to - from);
  }

  /** What another writer holds, as it is. */
  void all(IndexWriter other) {
    octets(other.array, 0, other.length);
  }

  private void reserve(int more) {
    if (array.length - length < more) {
      array = Arrays.copyOf(array, Math.max(length + more, array.length * 2));
    }
  }
}
