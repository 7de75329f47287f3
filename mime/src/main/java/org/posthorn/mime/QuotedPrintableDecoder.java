package org.posthorn.mime;

import java.nio.ByteBuffer;

/**
 * Undoes quoted-printable (RFC 2045 section 6.7). White space at the end of a line is dropped; what
 * is malformed is passed on as it stands.
 */
public final class QuotedPrintableDecoder implements ContentCodec {

  /** More white space than this in a row is content even at the end of a line. */
  private static final int MAX_SPACE = 512;

  private enum State {
    TEXT,
    /** After an equals sign, perhaps with white space behind it. */
    EQUALS,
    /** After an equals sign and a hexadecimal digit. */
    DIGIT,
    /** After an equals sign and CR. */
    SOFT_CR
  }

  private final OctetQueue pending = new OctetQueue(MAX_SPACE + 8);
  private final OctetQueue space = new OctetQueue(MAX_SPACE);
  private State state = State.TEXT;
  private int digit;

  /** A decoder for one content. */
  public QuotedPrintableDecoder() {}

  @Override
  public void convert(ByteBuffer in, ByteBuffer out) {
    while (pending.drain(out) && in.hasRemaining() && out.hasRemaining()) {
      if (state == State.TEXT && space.isEmpty()) {
        plain(in, out);
        if (!in.hasRemaining() || !out.hasRemaining()) {
          return;
        }
      }
      octet(in.get());
    }
  }

  /** Copies octets that stand for themselves. */
  private static void plain(ByteBuffer in, ByteBuffer out) {
    int count = Math.min(in.remaining(), out.remaining());
    for (int i = 0; i < count; i++) {
      byte octet = in.get(in.position());
      if (octet == '=' || octet == ' ' || octet == '\t') {
        return;
      }
      out.put(octet);
      in.get();
    }
  }

  private void octet(byte octet) {
    switch (state) {
      case TEXT -> text(octet);
      case EQUALS -> afterEquals(octet);
      case DIGIT -> afterDigit(octet);
      case SOFT_CR -> {
        state = State.TEXT;
        if (octet != '\n') {
          text(octet);
        }
      }
    }
  }

  private void text(byte octet) {
    if (octet == ' ' || octet == '\t') {
      if (space.isFull()) {
        flushSpace();
      }
      space.add(octet);
      return;
    }
    if (octet == '\r' || octet == '\n') {
      space.clear();
    }
    flushSpace();
    if (octet == '=') {
      state = State.EQUALS;
    } else {
      pending.add(octet);
    }
  }

  private void afterEquals(byte octet) {
    if (octet == '\r' || octet == '\n') {
      space.clear();
      state = octet == '\r' ? State.SOFT_CR : State.TEXT;
    } else if ((octet == ' ' || octet == '\t') && !space.isFull()) {
      space.add(octet);
    } else if (space.isEmpty() && hex(octet) >= 0) {
      digit = octet;
      state = State.DIGIT;
    } else {
      pending.add('=');
      state = State.TEXT;
      text(octet);
    }
  }

  private void afterDigit(byte octet) {
    state = State.TEXT;
    if (hex(octet) >= 0) {
      pending.add(hex(digit) * 16 + hex(octet));
    } else {
      pending.add('=');
      pending.add(digit);
      text(octet);
    }
  }

  private void flushSpace() {
    pending.add(space);
    space.clear();
  }

  private static int hex(int octet) {
    return octet < 0 ? -1 : Character.digit(octet, 16);
  }

  @Override
  public boolean finish(ByteBuffer out) {
    if (!pending.drain(out)) {
      return false;
    }
    if (state == State.DIGIT) {
      pending.add('=');
      pending.add(digit);
      state = State.TEXT;
    }
    return pending.drain(out);
  }
}
