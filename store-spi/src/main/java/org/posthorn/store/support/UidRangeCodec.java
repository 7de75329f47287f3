package org.posthorn.store.support;

import java.io.ByteArrayOutputStream;
import org.posthorn.store.UidSet;

/**
 * A {@link UidSet} as octets: for each range the distance from the one before and its length, seven
 * bits to the octet.
 */
public final class UidRangeCodec {
  private UidRangeCodec() {}

  /** For {@link #decode}. */
  public static byte[] encode(UidSet uids) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4 * uids.rangeCount());
    long before = 0;
    for (int i = 0; i < uids.rangeCount(); i++) {
      put(out, uids.rangeFirst(i) - before);
      put(out, uids.rangeLast(i) - uids.rangeFirst(i));
      before = uids.rangeLast(i);
    }
    return out.toByteArray();
  }

  /** What {@link #encode} gave. */
  public static UidSet decode(byte[] stored) {
    UidSet.Builder uids = UidSet.builder();
    long before = 0;
    int[] at = {0};
    while (at[0] < stored.length) {
      long first = before + take(stored, at);
      long last = first + take(stored, at);
      uids.addRange(first, last);
      before = last;
    }
    return uids.build();
  }

  private static void put(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long take(byte[] stored, int[] at) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte octet = stored[at[0]++];
      value |= (long) (octet & 0x7f) << shift;
      if (octet >= 0) {
        return value;
      }
    }
  }
}
