package org.posthorn.imap.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.posthorn.protocol.ByteScan;

/**
 * RFC 9051: sequence-set = (seq-number / seq-range) ["," sequence-set] / seq-last-command. Numbers
 * are read eight octets at a time: their lengths follow no pattern, so that a loop over digits
 * would be left where no processor expects it.
 */
final class MessageSetParser {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ZEROS = 0x3030_3030_3030_3030L;

  /** What makes the high bit of an octet that is more than nine. */
  private static final long NINES_FILL_UP = 0x7676_7676_7676_7676L;

  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private final CommandReader in;
  private final byte[] buffer;
  private final int end;
  private int at;

  MessageSetParser(CommandReader in, byte[] buffer, int from, int end) {
    this.in = in;
    this.buffer = buffer;
    this.at = from;
    this.end = end;
  }

  MessageSet parse() throws SyntaxException {
    if (at < end && buffer[at] == '$') {
      in.rewind(at + 1);
      return new MessageSet(new long[0], true, false);
    }
    long[] bounds = new long[2 * (commas() + 1)];
    int length = 0;
    boolean ascending = true;
    do {
      long first = number();
      long last = first;
      if (accept(':')) {
        last = number();
      }
      ascending &= MessageSet.STAR < first && first <= last;
      bounds[length++] = first;
      bounds[length++] = last;
    } while (accept(','));
    in.rewind(at);
    return new MessageSet(
        length == bounds.length ? bounds : Arrays.copyOf(bounds, length), false, ascending);
  }

  /** How many commas come before the next space. */
  private int commas() {
    return ByteScan.countBefore(buffer, at, end, (byte) ',', (byte) ' ');
  }

  private boolean accept(char c) {
    boolean there = at < end && buffer[at] == c;
    at += there ? 1 : 0;
    return there;
  }

  private long number() throws SyntaxException {
    int start = at;
    if (start + Long.BYTES <= end) {
      long digits = (long) LONGS.get(buffer, start) ^ ZEROS;
      // The lowest bit set is in the first octet that is no digit.
      long others = (digits | (digits + NINES_FILL_UP)) & HIGH_BITS;
      int length = Long.numberOfTrailingZeros(others) / Byte.SIZE;
      if (length > 0 && length < Long.BYTES) {
        long number = value(digits << (Long.SIZE - length * Byte.SIZE));
        if (number > 0) {
          at = start + length;
          return number;
        }
      }
    }
    return anyNumber();
  }

  /** The number whose digits are the octets, the first one the lowest: in pairs, fours, eights. */
  private static long value(long digits) {
    long pairs = (digits * 10 + (digits >>> 8)) & 0x00ff_00ff_00ff_00ffL;
    long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000_ffff_0000_ffffL;
    return (fours * 10_000 + (fours >>> 32)) & 0xffff_ffffL;
  }

  private long anyNumber() throws SyntaxException {
    if (accept('*')) {
      return MessageSet.STAR;
    }
    in.rewind(at);
    long number = in.expectNzNumber();
    at = in.position();
    return number;
  }
}
