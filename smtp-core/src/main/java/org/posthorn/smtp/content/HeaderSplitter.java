package org.posthorn.smtp.content;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.posthorn.store.StoreException;

/**
 * Cuts the header of a message that streams by into fields, folded lines included. A field is held
 * until its end is seen, up to {@link #MOST}; a longer one is judged by its beginning. A line that
 * is no field ends the header, as does the empty line; but not one that mailbox files put first.
 */
final class HeaderSplitter {
  /** Octets of a field that are held. */
  static final int MOST = 64 << 10;

  /** What hears of the fields. */
  interface Fields {
    /**
     * A field, or the beginning of one that is too long to be held.
     *
     * @param length octets of {@code field} that count; the array is used again
     * @return whether it is to be kept
     */
    boolean field(byte[] field, int length) throws StoreException;

    /** More of a long field that is kept, or of what comes behind the header. */
    void pass(ByteBuffer octets) throws StoreException;

    /**
     * The header is over; what follows is {@link #pass}ed.
     *
     * @param proper whether by an empty line or the end of the message; otherwise by a line that is
     *     no field
     */
    void endOfHeader(boolean proper) throws StoreException;
  }

  private final Fields fields;
  private byte[] held = new byte[1 << 10];
  private int length;
  private boolean atLineStart = true;
  private boolean streaming;
  private boolean dropping;
  private boolean over;
  private boolean first = true;

  HeaderSplitter(Fields fields) {
    this.fields = fields;
  }

  void write(ByteBuffer in) throws StoreException {
    while (!over && in.hasRemaining()) {
      byte b = in.get(in.position());
      if (atLineStart && b != ' ' && b != '\t') {
        endOfField();
        if (over || endsHeader(b)) {
          break;
        }
      }
      line(in);
    }
    if (over && in.hasRemaining()) {
      fields.pass(in);
    }
  }

  /** An empty line begins with CR or LF. */
  private boolean endsHeader(byte b) throws StoreException {
    if (b == '\r' || b == '\n') {
      over = true;
      fields.endOfHeader(true);
    }
    return over;
  }

  /** Takes octets up to the end of the line. */
  private void line(ByteBuffer in) throws StoreException {
    int start = in.position();
    int end = start;
    boolean ended = false;
    while (end < in.limit() && !ended) {
      ended = in.get(end++) == '\n';
    }
    if (streaming) {
      ByteBuffer part = in.duplicate().limit(end);
      if (!dropping) {
        fields.pass(part);
      }
    } else {
      hold(in, start, end);
    }
    in.position(end);
    atLineStart = ended;
  }

  private void hold(ByteBuffer in, int start, int end) throws StoreException {
    int more = end - start;
    if (length + more > held.length) {
      held = Arrays.copyOf(held, Math.max(length + more, 2 * held.length));
    }
    in.get(start, held, length, more);
    length += more;
    if (length > MOST) {
      dropping = !fields.field(held, length);
      streaming = true;
      length = 0;
    }
  }

  private void endOfField() throws StoreException {
    if (length > 0 && !isField()) {
      over = true;
      fields.endOfHeader(false);
      fields.pass(ByteBuffer.wrap(held, 0, length));
    } else if (length > 0) {
      fields.field(held, length);
    }
    if (held.length > 1 << 12) {
      held = new byte[1 << 10];
    }
    first &= length == 0;
    length = 0;
    streaming = false;
    dropping = false;
  }

  /** Field-name of RFC 5322 section 3.6.8, perhaps with spaces before the colon (section 4.5). */
  private boolean isField() {
    for (int i = 0; i < length; i++) {
      byte b = held[i];
      if (b == ':') {
        return i > 0;
      }
      if (b == ' ' || b == '\t') {
        return onlySpacesBeforeColon(i) || (first && beginsMailboxFile());
      }
      if (b < ' ' || b == 0x7f) {
        return false;
      }
    }
    return false;
  }

  private boolean onlySpacesBeforeColon(int from) {
    int i = from;
    while (i < length && (held[i] == ' ' || held[i] == '\t')) {
      i++;
    }
    return from > 0 && i < length && held[i] == ':';
  }

  private boolean beginsMailboxFile() {
    String start = new String(held, 0, Math.min(length, 6), StandardCharsets.US_ASCII);
    return start.startsWith("From ") || start.equals(">From ");
  }

  /** The message is over. */
  void end() throws StoreException {
    if (!over) {
      endOfField();
    }
    if (!over) {
      over = true;
      fields.endOfHeader(true);
    }
  }
}
