package org.posthorn.mime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Undoes base64 (RFC 2045 section 6.8). Octets outside the alphabet are passed over, padding may be
 * missing or stand in between; left-over bits are dropped.
 */
public final class Base64Decoder implements ContentCodec {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The values of the characters, -1 for others; then the same where they stand in a group. */
  private static final byte[] VALUES = new byte[256];

  private static final int[] FIRST = new int[256];
  private static final int[] SECOND = new int[256];
  private static final int[] THIRD = new int[256];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < Base64Encoder.ALPHABET.length; i++) {
      VALUES[Base64Encoder.ALPHABET[i]] = (byte) i;
    }
    for (int octet = 0; octet < 256; octet++) {
      int value = VALUES[octet];
      FIRST[octet] = value < 0 ? -1 : value << 18;
      SECOND[octet] = value < 0 ? -1 : value << 12;
      THIRD[octet] = value < 0 ? -1 : value << 6;
    }
  }

  private int bits;
  private int bitCount;

  /** A decoder for one content. */
  public Base64Decoder() {}

  /** The value of a character of the alphabet, else -1. */
  static int value(byte octet) {
    return VALUES[octet & 0xff];
  }

  @Override
  public void convert(ByteBuffer in, ByteBuffer out) {
    boolean arrays = in.hasArray() && out.hasArray();
    while (in.hasRemaining() && out.hasRemaining()) {
      if (bitCount == 0 && arrays) {
        quads(in, out);
        if (!in.hasRemaining() || !out.hasRemaining()) {
          return;
        }
      }
      octet(in.get(), out);
    }
  }

  /** Converts groups of four characters that need no care, and passes over line ends. */
  private static void quads(ByteBuffer in, ByteBuffer out) {
    byte[] source = in.array();
    byte[] target = out.array();
    int from = in.arrayOffset() + in.position();
    int to = out.arrayOffset() + out.position();
    int end = in.arrayOffset() + in.limit();
    int room = out.arrayOffset() + out.limit();
    int at = from;
    int put = to;
    while (true) {
      // Two groups are written as one long whose last two octets are written again.
      while (at <= end - 8 && put <= room - 8) {
        int first = quad(source, at);
        int second = quad(source, at + 4);
        if ((first | second) < 0) {
          break;
        }
        LONGS.set(target, put, (long) first << 40 | (long) second << 16);
        at += 8;
        put += 6;
      }
      if (at > end - 4 || put > room - 3) {
        break;
      }
      int quad = quad(source, at);
      if (quad >= 0) {
        target[put] = (byte) (quad >> 16);
        target[put + 1] = (byte) (quad >> 8);
        target[put + 2] = (byte) quad;
        at += 4;
        put += 3;
      } else if (source[at] == '\r' && source[at + 1] == '\n') {
        at += 2;
      } else if (source[at] == '\n') {
        at++;
      } else {
        break;
      }
    }
    in.position(in.position() + at - from);
    out.position(out.position() + put - to);
  }

  /** The 24 bits of four characters, or a negative number. */
  private static int quad(byte[] source, int at) {
    return FIRST[source[at] & 0xff]
        | SECOND[source[at + 1] & 0xff]
        | THIRD[source[at + 2] & 0xff]
        | VALUES[source[at + 3] & 0xff];
  }

  private void octet(byte octet, ByteBuffer out) {
    int value = VALUES[octet & 0xff];
    if (value >= 0) {
      bits = bits << 6 | value;
      bitCount += 6;
      if (bitCount >= 8) {
        bitCount -= 8;
        out.put((byte) (bits >> bitCount));
        bits &= (1 << bitCount) - 1;
      }
    } else if (octet == '=') {
      bits = 0;
      bitCount = 0;
    }
  }

  @Override
  public boolean finish(ByteBuffer out) {
    return true;
  }
}
