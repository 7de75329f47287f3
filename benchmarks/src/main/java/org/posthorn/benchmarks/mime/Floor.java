package org.posthorn.benchmarks.mime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The least that anybody must do who reads octets: look at each once. */
public final class Floor {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW = 0x7f7f_7f7f_7f7f_7f7fL;
  private static final long LINE_FEEDS = 0x0a0a_0a0a_0a0a_0a0aL;

  private Floor() {}

  /** Counts them eight octets at a time without a branch. */
  public static long lineFeeds(byte[] octets) {
    long lines = 0;
    int i = 0;
    for (; i <= octets.length - Long.BYTES; i += Long.BYTES) {
      long x = (long) LONGS.get(octets, i) ^ LINE_FEEDS;
      lines += Long.bitCount(~(((x & LOW) + LOW) | x | LOW));
    }
    for (; i < octets.length; i++) {
      lines += octets[i] == '\n' ? 1 : 0;
    }
    return lines;
  }
}
