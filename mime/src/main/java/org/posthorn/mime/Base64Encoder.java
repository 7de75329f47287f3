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
    boolean arrays = in.hasArray() && out.hasArray();
    while (in.hasRemaining() && out.remaining() >= ROOM) {
      if (arrays && heldCount == 0) {
        triples(in, out);
        if (!in.hasRemaining() || out.remaining() < ROOM) {
          return;
        }
      }
      held = held << 8 | (in.get() & 0xff);
      if (++heldCount == 3) {
        quad(out, 4);
      }
    }
  }

  /** Converts groups of three octets. */
  private void triples(ByteBuffer in, ByteBuffer out) {
    byte[] source = in.array();
    byte[] target = out.array();
    int from = in.arrayOffset() + in.position();
    int to = out.arrayOffset() + out.position();
    int end = in.arrayOffset() + in.limit() - 3;
    int room = out.arrayOffset() + out.limit() - ROOM;
    int at = from;
    int put = to;
    while (at <= end && put <= room) {
      if (column == LINE) {
        target[put++] = '\r';
        target[put++] = '\n';
        column = 0;
      }
      // As many as fit into the line, the octets and the room.
      int count = Math.min((LINE - column) / 4, Math.min((end - at) / 3, (room - put) / 4) + 1);
      for (int i = 0; i < count; i++) {
        int bits =
            (source[at] & 0xff) << 16 | (source[at + 1] & 0xff) << 8 | (source[at + 2] & 0xff);
        target[put] = ALPHABET[bits >>> 18];
        target[put + 1] = ALPHABET[bits >>> 12 & 63];
        target[put + 2] = ALPHABET[bits >>> 6 & 63];
        target[put + 3] = ALPHABET[bits & 63];
        at += 3;
        put += 4;
      }
      column += count * 4;
    }
    in.position(in.position() + at - from);
    out.position(out.position() + put - to);
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
