package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Undoes yEnc: what stands between the lines {@code =ybegin} (and {@code =ypart}) and {@code
 * =yend}. Every octet has 42 added; those that may not stand in a line are written as {@code =} and
 * the octet plus 64.
 */
public final class YencDecoder implements ContentCodec {

  private static final int MAX_WORD = 8;
  private static final int SHIFT = 42;
  private static final int ESCAPE_SHIFT = 64;

  private enum Place {
    BEFORE,
    WITHIN,
    AFTER
  }

  private Place place = Place.BEFORE;

  /** The first octets of the line as long as it may be a keyword line. */
  private final byte[] word = new byte[MAX_WORD];

  private int wordLength;
  private boolean atStart = true;
  private boolean skipping;
  private boolean escaped;

  /** A decoder for one content. */
  public YencDecoder() {}

  @Override
  public void convert(ByteBuffer in, ByteBuffer out) {
    while (in.hasRemaining() && out.remaining() >= MAX_WORD) {
      byte octet = in.get();
      if (octet == '\n' || octet == '\r') {
        endLine(octet);
      } else if (!skipping) {
        octet(octet, out);
      }
    }
  }

  private void endLine(byte octet) {
    if (octet == '\n') {
      keyword();
      atStart = true;
      skipping = false;
      wordLength = 0;
      escaped = false;
    }
  }

  private void keyword() {
    String text = new String(word, 0, wordLength, StandardCharsets.US_ASCII);
    if (place == Place.BEFORE && text.startsWith("=ybegin")) {
      place = Place.WITHIN;
    } else if (place == Place.WITHIN && text.startsWith("=yend")) {
      place = Place.AFTER;
    }
  }

  private void octet(byte octet, ByteBuffer out) {
    if (place == Place.AFTER) {
      skipping = true;
      return;
    }
    boolean begins = atStart && octet == '=';
    atStart = false;
    if (wordLength > 0 || begins) {
      keep(octet, out);
    } else if (place == Place.WITHIN) {
      decode(octet, out);
    } else {
      skipping = true;
    }
  }

  /** A line that begins with an equals sign and a y is none of data. */
  private void keep(byte octet, ByteBuffer out) {
    if (wordLength == 1 && octet != 'y') {
      wordLength = 0;
      if (place == Place.WITHIN) {
        escaped = true;
        decode(octet, out);
      } else {
        skipping = true;
      }
      return;
    }
    if (wordLength < MAX_WORD) {
      word[wordLength++] = octet;
    }
  }

  private void decode(byte octet, ByteBuffer out) {
    if (escaped) {
      escaped = false;
      out.put((byte) (octet - ESCAPE_SHIFT - SHIFT));
    } else if (octet == '=') {
      escaped = true;
    } else {
      out.put((byte) (octet - SHIFT));
    }
  }

  @Override
  public boolean finish(ByteBuffer out) {
    return true;
  }
}
