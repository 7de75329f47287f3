package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** UTF-7 (RFC 2152), which the JDK does not have. */
final class Utf7 extends Charset {

  static final List<String> NAMES =
      List.of("utf-7", "utf7", "unicode-1-1-utf-7", "unicode-2-0-utf-7", "csunicode11utf7");
  static final Charset CHARSET = new Utf7();

  private Utf7() {
    super("X-UTF-7", NAMES.toArray(new String[0]));
  }

  @Override
  public boolean contains(Charset charset) {
    return charset instanceof Utf7 || StandardCharsets.UTF_16.contains(charset);
  }

  @Override
  public CharsetDecoder newDecoder() {
    return new Decoder(this);
  }

  /**
   * Mail is never written in UTF-7 here.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public CharsetEncoder newEncoder() {
    throw new UnsupportedOperationException("UTF-7 is only read");
  }

  @Override
  public boolean canEncode() {
    return false;
  }

  private static final class Decoder extends CharsetDecoder {

    private boolean shifted;
    private boolean shiftEmpty;
    private int bits;
    private int bitCount;

    Decoder(Charset charset) {
      super(charset, 1f, 2f);
    }

    @Override
    protected void implReset() {
      shifted = false;
      bits = 0;
      bitCount = 0;
    }

    @Override
    protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
      while (in.hasRemaining()) {
        if (!out.hasRemaining()) {
          return CoderResult.OVERFLOW;
        }
        byte octet = in.get(in.position());
        if (octet < 0) {
          return CoderResult.malformedForLength(1);
        }
        in.get();
        if (!shifted) {
          direct(octet, out);
        } else {
          shifted(octet, out);
        }
      }
      return CoderResult.UNDERFLOW;
    }

    private void direct(byte octet, CharBuffer out) {
      if (octet == '+') {
        shifted = true;
        shiftEmpty = true;
        bits = 0;
        bitCount = 0;
      } else {
        out.put((char) octet);
      }
    }

    private void shifted(byte octet, CharBuffer out) {
      int value = Base64Decoder.value(octet);
      if (value >= 0) {
        shiftEmpty = false;
        bits = bits << 6 | value;
        bitCount += 6;
        if (bitCount >= 16) {
          bitCount -= 16;
          out.put((char) (bits >> bitCount));
          bits &= (1 << bitCount) - 1;
        }
        return;
      }
      // Any other octet ends the run; a hyphen is taken with it, and "+-" is a plus sign.
      shifted = false;
      if (octet != '-') {
        out.put((char) octet);
      } else if (shiftEmpty) {
        out.put('+');
      }
    }
  }
}
