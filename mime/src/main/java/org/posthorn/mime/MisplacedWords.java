package org.posthorn.mime;

/**
 * Finds encoded-words where RFC 2047 section 5 forbids them. Agents write them there all the same,
 * so they are decoded; but it is told.
 */
final class MisplacedWords {

  private MisplacedWords() {}

  /** Whether there is one anywhere in the value of a field that may have none. */
  static boolean isAny(byte[] array, int from, int to) {
    int start = start(array, from, to);
    if (start < 0) {
      return false;
    }
    for (int i = start + 2; i < to - 1; i++) {
      if (array[i] == '?' && array[i + 1] == '=') {
        return true;
      }
    }
    return false;
  }

  /** Whether there is one within quotes in a list of addresses. */
  static boolean isInQuotes(Octets value) {
    byte[] array = value.array();
    int from = value.from();
    int to = value.to();
    if (start(array, from, to) < 0) {
      return false;
    }
    int open = -1;
    for (int i = from; i < to; i++) {
      if (array[i] == '\\') {
        i++;
      } else if (array[i] == '"') {
        if (open >= 0 && isAny(array, open, i)) {
          return true;
        }
        open = open < 0 ? i : -1;
      }
    }
    return false;
  }

  private static int start(byte[] array, int from, int to) {
    int i = OctetScan.indexOf(array, from, to, (byte) '=');
    while (i >= 0 && (i + 1 >= to || array[i + 1] != '?')) {
      i = OctetScan.indexOf(array, i + 1, to, (byte) '=');
    }
    return i;
  }
}
