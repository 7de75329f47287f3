package org.posthorn.imap.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Octets of a command, eight at once: the first is the lowest, zeros stand behind the end. */
final class Eight {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Eight() {}

  /**
   * The octets from an index on.
   *
   * @param end behind the last that counts
   */
  static long at(byte[] octets, int from, int end) {
    int missing = from + Long.BYTES - end;
    if (missing <= 0) {
      return (long) LONGS.get(octets, from);
    }
    if (missing < Long.BYTES && end >= Long.BYTES) {
      return (long) LONGS.get(octets, end - Long.BYTES) >>> (missing * Byte.SIZE);
    }
    long eight = 0;
    for (int i = from; i < end; i++) {
      eight |= (octets[i] & 0xffL) << ((i - from) * Byte.SIZE);
    }
    return eight;
  }

  /** The first of them, zeros in the place of the others. */
  static long first(long eight, int count) {
    return count == Long.BYTES ? eight : eight & ~(-1L << (count * Byte.SIZE));
  }

  /** Letters in upper case; of octets that are neither letters nor digits some become others. */
  static long upperCase(long eight) {
    return eight & ~((eight & (0x40 * ONES)) >>> 1);
  }

  /**
   * How many octets come before one that can stand in no name. Slash, colon and the like pass, so
   * only what is a name by other means has this length. All that pass may stand in tags and atoms.
   */
  static int nameLength(long eight) {
    long below = (eight - '-' * ONES) & ~eight;
    long above = ((eight | (0x20 * ONES)) + (0x7f - 'z') * ONES) | eight;
    return Long.numberOfTrailingZeros((below | above) & HIGH_BITS) / Byte.SIZE;
  }
}
