package org.posthorn.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Search for an octet, eight at a time. */
public final class ByteScan {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEVENS = 0x0707_0707_0707_0707L;
  private static final long FIFTEENS = 0x0f0f_0f0f_0f0f_0f0fL;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private ByteScan() {}

  /**
   * The first place of an octet.
   *
   * @param from first index looked at
   * @param to index after the last
   * @return an index, -1 when there is none
   */
  public static int indexOf(byte[] in, int from, int to, byte octet) {
    long pattern = (octet & 0xFF) * ONES;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long hit = zeroBytes((long) LONG.get(in, i) ^ pattern);
      if (hit != 0) {
        return i + Long.numberOfTrailingZeros(hit) / Byte.SIZE;
      }
    }
    for (; i < to; i++) {
      if (in[i] == octet) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The first place of an octet between position and limit; moves neither.
   *
   * @return an absolute index, -1 when there is none
   */
  public static int indexOf(ByteBuffer in, byte octet) {
    if (in.hasArray()) {
      int offset = in.arrayOffset();
      int found = indexOf(in.array(), offset + in.position(), offset + in.limit(), octet);
      return found < 0 ? -1 : found - offset;
    }
    boolean little = in.order() == ByteOrder.LITTLE_ENDIAN;
    long pattern = (octet & 0xFF) * ONES;
    int i = in.position();
    for (; i + Long.BYTES <= in.limit(); i += Long.BYTES) {
      long word = in.getLong(i);
      long hit = zeroBytes((little ? word : Long.reverseBytes(word)) ^ pattern);
      if (hit != 0) {
        return i + Long.numberOfTrailingZeros(hit) / Byte.SIZE;
      }
    }
    for (; i < in.limit(); i++) {
      if (in.get(i) == octet) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The first place of an octet from 8 to 15, of which CR and LF are two; one search finds both.
   *
   * @return an index, -1 when there is none
   */
  public static int indexOfLineEnd(byte[] in, int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long hit = zeroBytes(((long) LONG.get(in, i) | SEVENS) ^ FIFTEENS);
      if (hit != 0) {
        return i + Long.numberOfTrailingZeros(hit) / Byte.SIZE;
      }
    }
    for (; i < to; i++) {
      if ((in[i] | 7) == 15) {
        return i;
      }
    }
    return -1;
  }

  /** How often an octet occurs before another one, or before the end if that does not come. */
  public static int countBefore(byte[] in, int from, int to, byte octet, byte stop) {
    long pattern = (octet & 0xFF) * ONES;
    long stopPattern = (stop & 0xFF) * ONES;
    int count = 0;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long eight = (long) LONG.get(in, i);
      long difference = eight ^ pattern;
      // Exact for each octet, unlike zeroBytes.
      long others = ((difference & ~HIGH_BITS) + ~HIGH_BITS) | difference;
      long hits = ~others & HIGH_BITS;
      long end = zeroBytes(eight ^ stopPattern);
      if (end != 0) {
        return count + Long.bitCount(hits & (Long.lowestOneBit(end) - 1));
      }
      count += Long.bitCount(hits);
    }
    for (; i < to && in[i] != stop; i++) {
      count += in[i] == octet ? 1 : 0;
    }
    return count;
  }

  /** The lowest bit set is in the lowest byte that is zero; higher bits may be wrong. */
  private static long zeroBytes(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }
}
