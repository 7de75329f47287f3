package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Undoes base64 (RFC 2045 section 6.8). Octets outside the alphabet are passed over, padding may be
 * missing or stand in between; left-over bits are dropped.
 */
public final class Base64Decoder implements ContentCodec {

  private static final byte[] VALUES = new byte[256];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < Base64Encoder.ALPHABET.length; i++) {
      VALUES[Base64Encoder.ALPHABET[i]] = (byte) i;
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

  /** Converts groups of four characters that need no care. */
  private static void quads(ByteBuffer in, ByteBuffer out) {
    byte[] source = in.array();
    byte[] target = out.array();
    int from = in.arrayOffset() + in.position();
    int to = out.arrayOffset() + out.position();
    int count = Math.min(in.remaining() / 4, out.remaining() / 3);
    int at = from;
    int put = to;
    for (int i = 0; i < count; i++) {
      int a = VALUES[source[at] & 0xff];
      int b = VALUES[source[at + 1] & 0xff];
      int c = VALUES[source[at + 2] & 0xff];
      int d = VALUES[source[at + 3] & 0xff];
      int quad = a << 18 | b << 12 | c << 6 | d;
      if (quad < 0) {
        break;
      }
      target[put] = (byte) (quad >> 16);
      target[put + 1] = (byte) (quad >> 8);
      target[put + 2] = (byte) quad;
      at += 4;
      put += 3;
    }
    in.position(in.position() + at - from);
    out.position(out.position() + put - to);
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
