package org.posthorn.mime;

import java.nio.ByteBuffer;

/**
 * Undoes uuencode: what stands between the lines {@code begin} and {@code end}. Malformed lines
 * give what can be read of them.
 */
final class UuDecoder implements ContentCodec {

  private static final int MAX_LINE = 128;

  private enum Place {
    BEFORE,
    WITHIN,
    AFTER
  }

  private final byte[] line = new byte[MAX_LINE];
  private final OctetQueue pending = new OctetQueue(MAX_LINE);
  private int length;
  private Place place = Place.BEFORE;

  @Override
  public void convert(ByteBuffer in, ByteBuffer out) {
    while (pending.drain(out) && in.hasRemaining()) {
      byte octet = in.get();
      if (octet == '\n') {
        endLine();
      } else if (length < MAX_LINE) {
        line[length++] = octet;
      }
    }
  }

  private void endLine() {
    Octets text = Octets.of(line, 0, length);
    length = 0;
    switch (place) {
      case BEFORE -> {
        if (text.startsWithIgnoreCase("begin ")) {
          place = Place.WITHIN;
        }
      }
      case WITHIN -> {
        if (text.startsWithIgnoreCase("end") && text.length() <= 4) {
          place = Place.AFTER;
        } else {
          decode(text);
        }
      }
      case AFTER -> {}
    }
  }

  private void decode(Octets text) {
    int count = value(text, 0);
    for (int at = 1; count > 0 && at < text.length(); at += 4) {
      int group = 0;
      for (int i = 0; i < 4; i++) {
        group = group << 6 | value(text, at + i);
      }
      for (int shift = 16; shift >= 0 && count > 0; shift -= 8) {
        pending.add(group >> shift);
        count--;
      }
    }
  }

  /** The value of a character; one that was cut off counts as the space that it probably was. */
  private static int value(Octets text, int at) {
    return at < text.length() ? (text.at(at) - ' ') & 63 : 0;
  }

  @Override
  public boolean finish(ByteBuffer out) {
    if (!pending.drain(out)) {
      return false;
    }
    if (length > 0) {
      endLine();
    }
    return pending.drain(out);
  }
}
