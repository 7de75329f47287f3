package org.posthorn.mime;

/**
 * Reads a Content-Type of the usual form - {@code type/subtype; name=value; name="value"} - and
 * writes its parameters straight into the index. Whatever else stands there is left to {@link
 * MediaType}, which gives the same for these.
 */
final class MediaScan {

  private static final boolean[] TOKEN = new boolean[256];
  private static final byte[] BOUNDARY = {'b', 'o', 'u', 'n', 'd', 'a', 'r', 'y'};

  private static final byte[] NOTHING = {};

  static {
    for (int octet = 33; octet < 127; octet++) {
      TOKEN[octet] = "()<>@,;:\\\"/[]?=*".indexOf(octet) < 0;
    }
  }

  private byte[] array = NOTHING;
  private int at;
  private int end;

  int typeFrom;
  int typeTo;
  int subtypeTo;
  int parameters;
  int boundaryFrom;
  int boundaryTo;

  /** Whether the value is of that form; if so its parameters were written, without their number. */
  boolean scan(byte[] octets, int from, int to, int maxParameters, IndexWriter out) {
    array = octets;
    at = from;
    end = to;
    parameters = 0;
    boundaryFrom = -1;
    skipSpace();
    typeFrom = at;
    typeTo = token();
    if (typeTo == typeFrom || at >= end || array[at] != '/') {
      return false;
    }
    at++;
    subtypeTo = token();
    if (subtypeTo == typeTo + 1) {
      return false;
    }
    skipSpace();
    while (at < end) {
      if (array[at] != ';') {
        return false;
      }
      at++;
      skipSpace();
      if (at < end && (parameters == maxParameters || !parameter(out))) {
        return false;
      }
      skipSpace();
    }
    return true;
  }

  private boolean parameter(IndexWriter out) {
    int nameFrom = at;
    int nameTo = token();
    if (nameTo == nameFrom || at >= end || array[at] != '=') {
      return false;
    }
    at++;
    int valueFrom = at;
    int valueTo;
    if (at < end && array[at] == '"') {
      valueFrom++;
      at++;
      while (at < end && array[at] != '"') {
        byte octet = array[at];
        if (octet == '\\' || octet == '\r' || octet == '\n' || octet == 0 || octet == '?') {
          return false;
        }
        at++;
      }
      valueTo = at;
      at++;
    } else {
      valueTo = token();
    }
    if (at > end || valueTo == valueFrom) {
      return false;
    }
    out.string(array, nameFrom, nameTo);
    out.string(array, valueFrom, valueTo);
    parameters++;
    if (boundaryFrom < 0 && is(BOUNDARY, nameFrom, nameTo)) {
      boundaryFrom = valueFrom;
      boundaryTo = valueTo;
    }
    return true;
  }

  /** Whether a range is that lower-case word in any case. */
  boolean is(byte[] word, int from, int to) {
    if (to - from != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if ((array[from + i] | 0x20) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private int token() {
    at = tokenEnd(array, at, end);
    return at;
  }

  /** Where the token ends that begins there. */
  static int tokenEnd(byte[] octets, int from, int to) {
    int at = from;
    while (at < to && TOKEN[octets[at] & 0xff]) {
      at++;
    }
    return at;
  }

  /** Lets go of what was scanned. */
  void forget() {
    array = NOTHING;
  }

  private void skipSpace() {
    while (at < end) {
      byte octet = array[at];
      if (octet != ' ' && octet != '\r' && octet != '\n' && octet != '\t') {
        return;
      }
      at++;
    }
  }
}
