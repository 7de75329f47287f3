package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes base64 in lines of 76 characters with CRLF between them, none at the end (RFC 2045 section
 * 6.8).
 */
public final class Base64Encoder implements ContentCodec {

  static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);

  private static final int LINE = 76;
  private static final int ROOM = 6;

  private int held;
  private int heldCount;
  private int column;

  /** An encoder for one content. */
  public Base64Encoder() {}

  @Override
  public void convert(ByteBuffer in, ByteBuffer out) {
    while (in.hasRemaining() && out.remaining() >= ROOM) {
      held = held << 8 | (in.get() & 0xff);
      if (++heldCount == 3) {
        quad(out, 4);
      }
    }
  }

  /** Writes what is held as that many characters and padding. */
  private void quad(ByteBuffer out, int characters) {
    if (column == LINE) {
      out.put((byte) '\r').put((byte) '\n');
      column = 0;
    }
    for (int i = 0; i < 4; i++) {
      out.put(i < characters ? ALPHABET[held >> (18 - 6 * i) & 63] : (byte) '=');
    }
    column += 4;
    held = 0;
    heldCount = 0;
  }

  @Override
  public boolean finish(ByteBuffer out) {
    if (heldCount == 0) {
      return true;
    }
    if (out.remaining() < ROOM) {
      return false;
    }
    int characters = heldCount + 1;
    held <<= 8 * (3 - heldCount);
    quad(out, characters);
    return true;
  }
}
