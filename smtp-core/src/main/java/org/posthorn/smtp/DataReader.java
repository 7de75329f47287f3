package org.posthorn.smtp;

import java.nio.ByteBuffer;

/**
 * Undoes dot-stuffing and finds the end of DATA (RFC 5321 section 4.5.2). Only CRLF.CRLF ends; a
 * lone CR or LF is content like any other octet, so that no sequence is read as an end here that
 * another server reads as content.
 */
final class DataReader {
  private enum State {
    /** After CRLF, or at the very beginning. */
    LINE_START,
    TEXT,
    CR,
    /** A dot at the start of a line: either stuffed or the end. */
    DOT,
    DOT_CR,
    END
  }

  private State state = State.LINE_START;
  private boolean bareLineEnd;

  /** Whether the end was read; the octets after it were not touched. */
  boolean ended() {
    return state == State.END;
  }

  /** Whether a CR or LF stood alone so far. */
  boolean sawBareLineEnd() {
    return bareLineEnd;
  }

  /**
   * Moves content from one buffer to the other until the end was read, {@code in} is empty or
   * {@code content} is nearly full.
   *
   * @param content must have room for two octets or nothing happens
   */
  void read(ByteBuffer in, ByteBuffer content) {
    while (in.hasRemaining() && content.remaining() >= 2 && state != State.END) {
      if (state == State.TEXT) {
        copyText(in, content);
      } else {
        step(in.get(), content);
      }
    }
  }

  /** The bulk: everything up to the next CR or LF goes over in one piece. */
  private void copyText(ByteBuffer in, ByteBuffer content) {
    int start = in.position();
    int limit = start + Math.min(in.remaining(), content.remaining() - 1);
    int i = start;
    if (in.hasArray()) {
      byte[] array = in.array();
      int base = in.arrayOffset();
      for (; i < limit; i++) {
        byte b = array[base + i];
        if (b == '\r' || b == '\n') {
          break;
        }
      }
    } else {
      for (; i < limit; i++) {
        byte b = in.get(i);
        if (b == '\r' || b == '\n') {
          break;
        }
      }
    }
    content.put(content.position(), in, start, i - start);
    content.position(content.position() + i - start);
    in.position(i);
    if (i < limit) {
      step(in.get(), content);
    }
  }

  private void step(byte b, ByteBuffer content) {
    switch (state) {
      case LINE_START -> {
        if (b == '.') {
          state = State.DOT;
        } else {
          text(b, content);
        }
      }
      case TEXT -> text(b, content);
      case CR -> {
        if (b == '\n') {
          content.put(b);
          state = State.LINE_START;
        } else {
          bareLineEnd = true;
          text(b, content);
        }
      }
      case DOT -> {
        if (b == '\r') {
          state = State.DOT_CR;
        } else {
          // The first dot was stuffing, whatever comes behind it.
          text(b, content);
        }
      }
      case DOT_CR -> {
        if (b == '\n') {
          state = State.END;
        } else {
          bareLineEnd = true;
          content.put((byte) '\r');
          text(b, content);
        }
      }
      case END -> throw new IllegalStateException("after the end");
    }
  }

  private void text(byte b, ByteBuffer content) {
    content.put(b);
    if (b == '\r') {
      state = State.CR;
    } else {
      bareLineEnd |= b == '\n';
      state = State.TEXT;
    }
  }
}
