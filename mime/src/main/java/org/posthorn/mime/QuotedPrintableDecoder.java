package org.posthorn.mime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Undoes quoted-printable (RFC 2045 section 6.7). White space at the end of a line is dropped; what
 * is malformed is passed on as it stands.
 */
public final class QuotedPrintableDecoder implements ContentCodec {

  /** More white space than this in a row is content even at the end of a line. */
  private static final int MAX_SPACE = 512;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long SPACES = ONES * ' ';
  private static final long EQUALS = ONES * '=';

  /** The values of hexadecimal digits, -1 for others. */
  private static final byte[] HEX = new byte[256];

  static {
    for (int octet = 0; octet < 256; octet++) {
      HEX[octet] = (byte) (octet < 128 ? Character.digit(octet, 16) : -1);
    }
  }

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

  /** Converts what needs no octet from the next chunk and is not malformed. */
  private static void plain(ByteBuffer in, ByteBuffer out) {
    if (!in.hasArray() || !out.hasArray()) {
      slowly(in, out);
      return;
    }
    byte[] source = in.array();
    byte[] target = out.array();
    int from = in.arrayOffset() + in.position();
    int to = out.arrayOffset() + out.position();
    int end = in.arrayOffset() + in.limit();
    int room = out.arrayOffset() + out.limit();
    int at = from;
    int put = to;
    while (at < end && put < room) {
      if (at <= end - Long.BYTES && put <= room - Long.BYTES) {
        int copied = copyEight(source, at, target, put);
        if (copied > 0) {
          at += copied;
          put += copied;
          continue;
        }
      }
      byte octet = source[at];
      if (octet == '=') {
        int length = escape(source, at, end);
        if (length == 0) {
          break;
        }
        if (length < 0) {
          at -= length;
          continue;
        }
        target[put++] = (byte) (HEX[source[at + 1] & 0xff] << 4 | HEX[source[at + 2] & 0xff]);
        at += length;
      } else if (octet == ' ' || octet == '\t') {
        if (at + 1 >= end || (source[at + 1] >= 0 && source[at + 1] <= ' ')) {
          break;
        }
        target[put++] = octet;
        at++;
      } else {
        target[put++] = octet;
        at++;
      }
    }
    in.position(in.position() + at - from);
    out.position(out.position() + put - to);
  }

  /**
   * Copies eight octets and tells how many of them count: those before the first equals sign or
   * control and before white space in front of it, which may be at the end of a line.
   */
  private static int copyEight(byte[] source, int at, byte[] target, int put) {
    long octets = (long) LONGS.get(source, at);
    long noEquals = octets ^ EQUALS;
    // The lowest octet that is one of these has its high bit set here; higher ones may be wrong.
    long special = (((octets - SPACES) & ~octets) | ((noEquals - ONES) & ~noEquals)) & HIGH_BITS;
    LONGS.set(target, put, octets);
    int count = Long.numberOfTrailingZeros(special) >>> 3;
    while (count > 0 && source[at + count - 1] == ' ') {
      count--;
    }
    return count;
  }

  /**
   * The length of the escape that stands there, 3; or of a soft line break, negative; or 0 if it is
   * neither or not whole.
   */
  private static int escape(byte[] source, int at, int end) {
    if (at + 2 >= end) {
      return 0;
    }
    int next = source[at + 1];
    if (next == '\r') {
      return source[at + 2] == '\n' ? -3 : 0;
    }
    if (next == '\n') {
      return -2;
    }
    return (HEX[next & 0xff] | HEX[source[at + 2] & 0xff]) >= 0 ? 3 : 0;
  }

  /** Copies octets that stand for themselves. */
  private static void slowly(ByteBuffer in, ByteBuffer out) {
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
    return HEX[octet & 0xff];
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
