package org.posthorn.smtp;

import java.nio.ByteBuffer;
import org.posthorn.protocol.ByteScan;

/**
 * Reads content: undoes dot-stuffing and finds the end of DATA (RFC 5321 section 4.5.2), or takes
 * the octets of BDAT as they are. Only CRLF.CRLF ends DATA; a lone CR or LF is content like any
 * other octet, so that no sequence is read as an end here that another server reads as content.
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

  /** Octets that one octet of input can become: a CR put off, a CRLF, and the octet. */
  static final int ROOM = 4;

  /** Octets that are copied before they are looked at; most often all of them stay. */
  private static final int WINDOW = 1024;

  private final boolean stuffed;
  private final boolean fixing;
  private State state = State.LINE_START;
  private boolean bareLineEnd;
  private int lineOctets;
  private int longestLine;

  private DataReader(boolean stuffed, boolean fixing) {
    this.stuffed = stuffed;
    this.fixing = fixing;
  }

  /**
   * For DATA.
   *
   * @param policy whether lone CR and LF are to be made CRLF
   */
  static DataReader untilDot(BareLineEnds policy) {
    return new DataReader(true, policy == BareLineEnds.FIX);
  }

  /** For BDAT, where the end is counted. */
  static DataReader counted(BareLineEnds policy) {
    return new DataReader(false, policy == BareLineEnds.FIX);
  }

  /** Whether the end was read; the octets after it were not touched. */
  boolean ended() {
    return state == State.END;
  }

  /** Whether a CR or LF stood alone so far. */
  boolean sawBareLineEnd() {
    return bareLineEnd;
  }

  /** Octets of the longest line so far, its line end included. */
  int longestLine() {
    return Math.max(longestLine, lineOctets);
  }

  /** BDAT LAST: a CR that was put off stands alone now. */
  void endOfOctets(ByteBuffer content) {
    if (state == State.CR) {
      bareLineEnd = true;
      if (fixing) {
        newLine(content);
      }
    }
    state = State.END;
  }

  /**
   * Moves content from one buffer to the other until the end was read, {@code in} is empty or
   * {@code content} is nearly full.
   *
   * @param content has an array; must have {@link #ROOM} or nothing happens
   */
  void read(ByteBuffer in, ByteBuffer content) {
    while (in.hasRemaining() && content.remaining() >= ROOM && state != State.END) {
      if (state == State.LINE_START) {
        skipStuffing(in);
      }
      boolean plain = state == State.TEXT || state == State.LINE_START;
      if (!plain || !copyLines(in, content)) {
        step(in.get(), content);
      }
    }
  }

  /** A dot at the start of a line that does not end the message, as what follows it shows. */
  private void skipStuffing(ByteBuffer in) {
    int at = in.position();
    if (stuffed && in.get(at) == '.' && at + 1 < in.limit() && in.get(at + 1) != '\r') {
      in.position(at + 1);
      state = State.TEXT;
    }
  }

  /**
   * The bulk: lines that end with CRLF and do not begin with a dot go over as they are, up to one
   * that needs a closer look. What has no array is copied first, and looked at where it came to
   * lie.
   *
   * @return whether any octet went over
   */
  private boolean copyLines(ByteBuffer in, ByteBuffer content) {
    int length = Math.min(in.remaining(), content.remaining() - ROOM + 1);
    if (in.hasArray()) {
      int from = in.arrayOffset() + in.position();
      int whole = wholeLines(in.array(), from, from + length);
      content.put(in.array(), from, whole);
      in.position(in.position() + whole);
      return whole > 0;
    }
    length = Math.min(length, WINDOW);
    int from = content.arrayOffset() + content.position();
    in.get(in.position(), content.array(), from, length);
    int whole = wholeLines(content.array(), from, from + length);
    content.position(content.position() + whole);
    in.position(in.position() + whole);
    return whole > 0;
  }

  /** How many of the octets are content as they are. */
  private int wholeLines(byte[] array, int from, int end) {
    int line = from - lineOctets;
    int dots = state == State.LINE_START ? from : -1; // where a dot would be no content
    int at = from;
    while (at < end && !(at == dots && stuffed && array[at] == '.')) {
      int found = ByteScan.indexOfLineEnd(array, at, end);
      if (found < 0) {
        at = end;
      } else if (isCrlf(array, found, end)) {
        at = found + 2;
        longestLine = Math.max(longestLine, at - line);
        line = at;
        dots = at;
      } else if (array[found] == '\r' || array[found] == '\n') {
        at = found;
        break;
      } else {
        at = found + 1;
      }
    }
    lineOctets = at - line;
    state = at == dots ? State.LINE_START : State.TEXT;
    return at - from;
  }

  private static boolean isCrlf(byte[] array, int at, int end) {
    return array[at] == '\r' && at + 1 < end && array[at + 1] == '\n';
  }

  private void step(byte b, ByteBuffer content) {
    switch (state) {
      case LINE_START -> {
        if (b == '.' && stuffed) {
          state = State.DOT;
        } else {
          text(b, content);
        }
      }
      case TEXT -> text(b, content);
      case CR -> {
        if (b == '\n') {
          if (fixing) {
            content.put((byte) '\r');
          }
          put(b, content);
          endLine();
        } else {
          loneCr(content);
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
          put((byte) '\r', content);
          if (fixing) {
            content.put((byte) '\n');
            endLine();
          }
          bareLineEnd = true;
          text(b, content);
        }
      }
      case END -> throw new IllegalStateException("after the end");
    }
  }

  /** What was taken as the first half of a line end was none. */
  private void loneCr(ByteBuffer content) {
    bareLineEnd = true;
    if (fixing) {
      newLine(content);
    }
  }

  private void text(byte b, ByteBuffer content) {
    if (b == '\r') {
      state = State.CR;
      if (fixing) {
        lineOctets++; // put off until what follows is known
      } else {
        put(b, content);
      }
    } else if (b == '\n') {
      bareLineEnd = true;
      state = State.TEXT;
      if (fixing) {
        newLine(content);
      } else {
        put(b, content);
      }
    } else {
      put(b, content);
      state = State.TEXT;
    }
  }

  private void put(byte b, ByteBuffer content) {
    content.put(b);
    lineOctets++;
  }

  /** A line end made out of half of one; a dot behind it is content, not the end. */
  private void newLine(ByteBuffer content) {
    content.put((byte) '\r').put((byte) '\n');
    longestLine = longestLine();
    lineOctets = 0;
    state = State.TEXT;
  }

  private void endLine() {
    longestLine = longestLine();
    lineOctets = 0;
    state = State.LINE_START;
  }
}
