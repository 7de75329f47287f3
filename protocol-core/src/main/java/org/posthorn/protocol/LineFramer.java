package org.posthorn.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts input into lines that end in CRLF, and in nothing else: a lone CR or LF is an octet of its
 * line, for the grammar to refuse. A line over the limit is skipped to its end without being kept
 * and then told of once. For POP3 and SMTP; IMAP has literals. Not thread-safe.
 */
public final class LineFramer {
  /** What {@link #next} found. */
  public enum Found {
    /** A line, see {@link #line()}. */
    LINE,
    /** The end of a line that was too long. */
    TOO_LONG,
    /** No line end yet; all input was consumed. */
    NOTHING
  }

  private static final int SMALL = 256;

  private byte[] octets = new byte[SMALL];
  private int length;
  private int limit;
  private boolean skipping;
  private boolean afterCr;
  private boolean lineGiven;

  /**
   * @param limit octets of a line, its CRLF included; at least 3
   */
  public LineFramer(int limit) {
    limit(limit);
  }

  /** Sets the limit for lines to come. */
  public void limit(int newLimit) {
    if (newLimit < 3) {
      throw new IllegalArgumentException("limit " + newLimit);
    }
    limit = newLimit;
  }

  /** Consumes input up to the next line end. */
  public Found next(ByteBuffer in) {
    if (lineGiven) {
      forget();
    }
    while (in.hasRemaining()) {
      int lf = ByteScan.indexOf(in, (byte) '\n');
      int end = lf < 0 ? in.limit() : lf + 1;
      boolean crlf = lf >= 0 && (lf > in.position() ? in.get(lf - 1) == '\r' : afterCr);
      afterCr = in.get(end - 1) == '\r';
      keep(in, end);
      if (crlf) {
        lineGiven = true;
        return skipping ? Found.TOO_LONG : Found.LINE;
      }
    }
    return Found.NOTHING;
  }

  private void keep(ByteBuffer in, int end) {
    int more = end - in.position();
    if (skipping || length + more > limit) {
      skipping = true;
      in.position(end);
      return;
    }
    if (length + more > octets.length) {
      octets = Arrays.copyOf(octets, Math.max(length + more, 2 * octets.length));
    }
    in.get(octets, length, more);
    length += more;
  }

  /** The line without its CRLF; valid until the next call of {@link #next}. */
  public ByteBuffer line() {
    if (!lineGiven || skipping) {
      throw new IllegalStateException("no line");
    }
    return ByteBuffer.wrap(octets, 0, length - 2);
  }

  /** Whether part of a line was taken. */
  public boolean partial() {
    return !lineGiven && (length > 0 || skipping);
  }

  /** Forgets a line begun, for a fresh start under TLS. */
  public void reset() {
    forget();
  }

  private void forget() {
    length = 0;
    skipping = false;
    afterCr = false;
    lineGiven = false;
    if (octets.length > SMALL) {
      octets = new byte[SMALL];
    }
  }
}
