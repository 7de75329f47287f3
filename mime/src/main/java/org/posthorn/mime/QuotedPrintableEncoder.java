package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes quoted-printable in lines of at most 76 characters (RFC 2045 section 6.7). */
public final class QuotedPrintableEncoder implements ContentCodec {

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** The longest line without the equals sign of a soft line break. */
  private static final int LINE = 75;

  private static final int NONE = -1;
  private static final int ROOM = 16;

  private final boolean keepsLines;
  private int held = NONE;
  private int column;

  private QuotedPrintableEncoder(boolean keepsLines) {
    this.keepsLines = keepsLines;
  }

  /** An encoder that leaves CRLF as line ends; CR and LF alone are encoded. */
  public static QuotedPrintableEncoder ofText() {
    return new QuotedPrintableEncoder(true);
  }

  /** An encoder that encodes CR and LF, so that the octets survive a change of line ends. */
  public static QuotedPrintableEncoder ofBinary() {
    return new QuotedPrintableEncoder(false);
  }

  @Override
  public void convert(ByteBuffer in, ByteBuffer out) {
    while (in.hasRemaining() && out.remaining() >= ROOM) {
      int octet = in.get() & 0xff;
      if (keepsLines && held == '\r' && octet == '\n') {
        held = NONE;
        out.put((byte) '\r').put((byte) '\n');
        column = 0;
        continue;
      }
      boolean lineMayEnd = keepsLines && octet == '\r';
      if (held == ' ' || held == '\t') {
        // White space may not end a line; whether CR is a line end shows only with the next octet.
        write(held, !lineMayEnd, out);
      } else if (held != NONE) {
        write(held, false, out);
      }
      held = NONE;
      if (lineMayEnd || octet == ' ' || octet == '\t') {
        held = octet;
      } else {
        write(octet, octet > ' ' && octet < 127 && octet != '=', out);
      }
    }
  }

  private void write(int octet, boolean plain, ByteBuffer out) {
    int width = plain ? 1 : 3;
    if (column + width > LINE) {
      out.put((byte) '=').put((byte) '\r').put((byte) '\n');
      column = 0;
    }
    column += width;
    if (plain) {
      out.put((byte) octet);
    } else {
      out.put((byte) '=').put(HEX[octet >> 4]).put(HEX[octet & 15]);
    }
  }

  @Override
  public boolean finish(ByteBuffer out) {
    if (held == NONE) {
      return true;
    }
    if (out.remaining() < ROOM) {
      return false;
    }
    write(held, false, out);
    held = NONE;
    return true;
  }
}
