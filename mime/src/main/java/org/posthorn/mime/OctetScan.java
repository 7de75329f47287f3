package org.posthorn.mime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches eight octets at a time: the loops over all octets of a message. */
final class OctetScan {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_FEEDS = 0x0a0a_0a0a_0a0a_0a0aL;
  private static final long SEVENS = 0x0707_0707_0707_0707L;
  private static final long FIFTEENS = 0x0f0f_0f0f_0f0f_0f0fL;
  private static final long SPACES = 0x2020_2020_2020_2020L;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private OctetScan() {}

  /** The index of the first such octet in the range, or -1. */
  static int indexOf(byte[] array, int from, int to, byte octet) {
    long pattern = (octet & 0xffL) * ONES;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long x = (long) LONGS.get(array, i) ^ pattern;
      long zeros = (x - ONES) & ~x & HIGH_BITS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (array[i] == octet) {
        return i;
      }
    }
    return -1;
  }

  /** The index of the first LF in the range, or -1. */
  static int indexOfLf(byte[] array, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long x = (long) LONGS.get(array, i) ^ LINE_FEEDS;
      // The lowest zero octet of x has its high bit set here; higher ones may be wrong.
      long zeros = (x - ONES) & ~x & HIGH_BITS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (array[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** The index of the first octet from 8 to 15, such as CR and LF, in the range, or -1. */
  static int indexOfLineEnd(byte[] array, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long x = ((long) LONGS.get(array, i) | SEVENS) ^ FIFTEENS;
      long zeros = (x - ONES) & ~x & HIGH_BITS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < to; i++) {
      if ((array[i] | 7) == 15) {
        return i;
      }
    }
    return -1;
  }

  /** The index of the first CR in the range that has another octet than LF behind it, or -1. */
  static int indexOfBareCr(byte[] array, int from, int to) {
    for (int i = indexOfLineEnd(array, from, to); i >= 0; i = indexOfLineEnd(array, i + 1, to)) {
      if (array[i] == '\r' && i + 1 < to && array[i + 1] != '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Whether an octet from 0 to 31 is in the range. */
  static boolean hasControl(byte[] array, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long x = (long) LONGS.get(array, i);
      if (((x - SPACES) & ~x & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; i < to; i++) {
      if (array[i] >= 0 && array[i] < ' ') {
        return true;
      }
    }
    return false;
  }

  /** The index of the first octet above 127 in the range, or -1. */
  static int indexOfEightBit(byte[] array, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long high = (long) LONGS.get(array, i) & HIGH_BITS;
      if (high != 0) {
        return i + (Long.numberOfTrailingZeros(high) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (array[i] < 0) {
        return i;
      }
    }
    return -1;
  }
}
