package org.posthorn.smtp.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.LineFramer;

/** Reads replies out of a stream of octets. A bare LF ends no line. */
final class ReplyReader {
  /** RFC 5321 section 4.5.3.1.5 allows 512 octets; some servers write more. */
  static final int LINE_OCTETS = 4_096;

  static final int LINES = 200;

  private final LineFramer framer = new LineFramer(LINE_OCTETS);
  private final List<String> lines = new ArrayList<>();
  private int code;

  /** What came is not SMTP; the connection is of no use any more. */
  static final class BadReplyException extends Exception {
    private static final long serialVersionUID = 1L;

    BadReplyException(String message) {
      super(message);
    }
  }

  /** The next whole reply; null when more octets are needed. */
  @Nullable ServerReply next(ByteBuffer in) throws BadReplyException {
    while (true) {
      switch (framer.next(in)) {
        case NOTHING -> {
          return null;
        }
        case TOO_LONG -> throw new BadReplyException("reply line too long");
        case LINE -> {
          if (last(framer.line())) {
            ServerReply reply = new ServerReply(code, lines);
            lines.clear();
            return reply;
          }
        }
      }
    }
  }

  /** Whether octets of a reply that is not whole have come. */
  boolean partial() {
    return framer.partial() || !lines.isEmpty();
  }

  /** Takes one line; whether it was the reply's last. */
  private boolean last(ByteBuffer line) throws BadReplyException {
    int length = line.remaining();
    if (length < 3) {
      throw new BadReplyException("not a reply");
    }
    int number = 0;
    for (int i = 0; i < 3; i++) {
      int digit = line.get() - '0';
      if (digit < 0 || digit > 9) {
        throw new BadReplyException("not a reply");
      }
      number = number * 10 + digit;
    }
    char separator = length == 3 ? ' ' : (char) line.get();
    boolean known = separator == ' ' || separator == '-';
    if (!known || number < 200 || number > 599 || (!lines.isEmpty() && number != code)) {
      throw new BadReplyException("not a reply");
    }
    if (lines.size() >= LINES) {
      throw new BadReplyException("reply of too many lines");
    }
    code = number;
    lines.add(printable(line));
    return separator == ' ';
  }

  private static String printable(ByteBuffer line) {
    StringBuilder text = new StringBuilder(line.remaining());
    while (line.hasRemaining()) {
      int octet = line.get();
      text.append(octet >= ' ' && octet < 0x7f ? (char) octet : '?');
    }
    return text.toString();
  }
}
