package org.posthorn.mime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line that may be the boundary of an open multipart (RFC 2046 section 5.1.1): two hyphens, the
 * boundary, two more hyphens if it closes, and white space. The whole line must match, so a
 * boundary that begins with another one is no trouble.
 */
final class BoundaryLine {

  /** The longest boundary that is recognised, in octets; RFC 2046 permits 70. */
  static final int MAX_BOUNDARY = 512;

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
    CLOSE
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

  /** Compares a line that begins with two hyphens and was {@linkplain #trimmedEnd trimmed}. */
  static Match match(byte @Nullable [] boundary, byte[] array, int from, int trimmedEnd) {
    if (boundary == null) {
      return Match.NONE;
    }
    int start = from + 2;
    int extra = trimmedEnd - start - boundary.length;
    if (extra != 0 && extra != 2) {
      return Match.NONE;
    }
    int end = start + boundary.length;
    if (extra == 2 && (array[end] != '-' || array[end + 1] != '-')) {
      return Match.NONE;
    }
    if (!Arrays.equals(array, start, end, boundary, 0, boundary.length)) {
      return Match.NONE;
    }
    return extra == 0 ? Match.DELIMITER : Match.CLOSE;
  }
}
