package org.posthorn.mime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line that may be the boundary of an open multipart (RFC 2046 section 5.1.1): two hyphens, the
 * boundary, two more hyphens if it closes, and white space. A line that is nothing else is an exact
 * match. Where none is found, anything may stand behind a closing boundary, and behind another one
 * after white space; so a boundary which begins with another one is no trouble.
 */
final class BoundaryLine {

  /** The longest boundary that is recognised, in octets; RFC 2046 permits 70. */
  static final int MAX_BOUNDARY = 1_000;

  /**
   * The longest boundary line that is recognised, in octets, with its white space, without its line
   * end.
   */
  static final int MAX_LENGTH = MAX_BOUNDARY + 128;

  private BoundaryLine() {}

  /** How a line relates to a boundary. */
  enum Match {
    NONE,
    DELIMITER,
    CLOSE;

    boolean closes() {
      return this == CLOSE;
    }
  }

  /** Where the line ends when its line end and white space are left off. */
  static int trimmedEnd(byte[] array, int from, int to) {
    int end = to;
    while (end > from && isSpace(array[end - 1])) {
      end--;
    }
    return end;
  }

  private static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
  }

  /**
   * Compares a line that begins with two hyphens and was {@linkplain #trimmedEnd trimmed}: all of
   * it.
   */
  static Match exact(byte @Nullable [] boundary, byte[] array, int from, int trimmedEnd) {
    if (boundary == null) {
      return Match.NONE;
    }
    int rest = trimmedEnd - from - 2 - boundary.length;
    if ((rest != 0 && rest != 2) || !begins(boundary, array, from, trimmedEnd)) {
      return Match.NONE;
    }
    if (rest == 0) {
      return Match.DELIMITER;
    }
    boolean closes = array[trimmedEnd - 2] == '-' && array[trimmedEnd - 1] == '-';
    return closes ? Match.CLOSE : Match.NONE;
  }

  /** Compares such a line whose end may be something else. */
  static Match prefix(byte @Nullable [] boundary, byte[] array, int from, int trimmedEnd) {
    if (boundary == null || !begins(boundary, array, from, trimmedEnd)) {
      return Match.NONE;
    }
    int at = from + 2 + boundary.length;
    if (at + 2 < trimmedEnd && array[at] == '-' && array[at + 1] == '-') {
      return Match.CLOSE;
    }
    return at < trimmedEnd && isSpace(array[at]) ? Match.DELIMITER : Match.NONE;
  }

  /** What a trimmed line is to a boundary that it begins with and that ends there. */
  static Match endingAt(byte[] array, int at, int trimmedEnd) {
    if (at == trimmedEnd) {
      return Match.DELIMITER;
    }
    if (at + 2 <= trimmedEnd && array[at] == '-' && array[at + 1] == '-') {
      return Match.CLOSE;
    }
    return isSpace(array[at]) ? Match.DELIMITER : Match.NONE;
  }

  private static boolean begins(byte[] boundary, byte[] array, int from, int trimmedEnd) {
    int start = from + 2;
    int end = start + boundary.length;
    // Many boundaries of one message differ at their end alone.
    return end <= trimmedEnd
        && array[end - 1] == boundary[boundary.length - 1]
        && Arrays.equals(array, start, end, boundary, 0, boundary.length);
  }
}
