package org.posthorn.imap.esearch;

import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/**
 * Which of the results are wanted (RFC 9394 section 4: partial-range), counted from 1 at the
 * beginning or, with {@code fromEnd}, at the end.
 *
 * @param first as the client wrote it, without the minus
 * @param last as the client wrote it, without the minus
 */
public record PartialRange(long first, long last, boolean fromEnd) {

  /** partial-range-first / partial-range-last. */
  public static PartialRange parse(CommandReader in) throws SyntaxException {
    boolean fromEnd = in.accept('-');
    long first = in.expectNzNumber();
    in.expect(':');
    if (fromEnd) {
      in.expect('-');
    }
    return new PartialRange(first, in.expectNzNumber(), fromEnd);
  }

  /** Index from 0 of the first result that is wanted. */
  public long from(long size) {
    long lowest = fromEnd ? size - Math.max(first, last) : Math.min(first, last) - 1;
    return Math.max(0, Math.min(size, lowest));
  }

  /** Index behind the last result that is wanted; not below {@link #from}. */
  public long to(long size) {
    long behind = fromEnd ? size - Math.min(first, last) + 1 : Math.max(first, last);
    return Math.max(from(size), Math.min(size, behind));
  }

  /** How many results are wanted at most. */
  public long length() {
    return Math.abs(last - first) + 1;
  }

  /** As the client wrote it. */
  @Override
  public String toString() {
    String sign = fromEnd ? "-" : "";
    return sign + first + ":" + sign + last;
  }
}
