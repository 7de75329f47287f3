package org.posthorn.mime;

/**
 * Takes the value of a structured field apart into tokens and quoted strings, passing over space
 * and comments.
 */
final class ValueLexer {

  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (int octet = 33; octet < 256; octet++) {
      TOKEN[octet] = octet != 127 && "()<>@,;:\\\"/[]?=".indexOf(octet) < 0;
    }
  }

  private final byte[] array;
  private final int end;
  private int at;

  ValueLexer(Octets value) {
    array = value.array();
    at = value.from();
    end = value.to();
  }

  boolean atEnd() {
    return at >= end;
  }

  /** Whether this is the next octet. */
  boolean next(char octet) {
    return at < end && array[at] == octet;
  }

  /** Passes over this octet if it is the next one. */
  boolean accept(char octet) {
    boolean found = next(octet);
    if (found) {
      at++;
    }
    return found;
  }

  int position() {
    return at;
  }

  boolean isDigit() {
    return at < end && array[at] >= '0' && array[at] <= '9';
  }

  boolean isLetter() {
    return at < end && isLetter(array[at]);
  }

  private static boolean isLetter(byte octet) {
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
  }

  /** The number that the digits here make, at most that many. */
  int digits(int max) {
    int number = 0;
    for (int i = 0; i < max && isDigit(); i++) {
      number = number * 10 + array[at++] - '0';
    }
    return number;
  }

  /** The ASCII letters that stand here. */
  Octets letters() {
    int start = at;
    while (isLetter()) {
      at++;
    }
    return Octets.of(array, start, at);
  }

  void skipOctet() {
    at++;
  }

  /**
   * Passes over white space, control characters and comments; a comment that is not closed goes to
   * the end.
   */
  void skipSpace() {
    while (at < end) {
      byte octet = array[at];
      if (octet == '(') {
        skipComment();
      } else if (octet >= 0 && octet <= ' ') {
        at++;
      } else {
        return;
      }
    }
  }

  private void skipComment() {
    int depth = 0;
    while (at < end) {
      byte octet = array[at++];
      if (octet == '\\') {
        at++;
      } else if (octet == '(') {
        depth++;
      } else if (octet == ')' && --depth == 0) {
        return;
      }
    }
    at = end;
  }

  /** The token (RFC 2045 section 5.1) that begins here, octets above 127 permitted, or nothing. */
  Octets token() {
    int start = at;
    while (at < end && TOKEN[array[at] & 0xff]) {
      at++;
    }
    return Octets.of(array, start, at);
  }

  /** The content of the quoted string that begins here; one that is not closed goes to the end. */
  Octets quotedString() {
    at++;
    int start = at;
    while (at < end && array[at] != '"' && array[at] != '\\') {
      at++;
    }
    if (at < end && array[at] == '"') {
      Octets content = HeaderText.withoutLineEnds(Octets.of(array, start, at));
      at++;
      return content;
    }
    byte[] unquoted = new byte[end - start];
    int length = 0;
    for (at = start; at < end && array[at] != '"'; at++) {
      if (array[at] == '\\' && at + 1 < end) {
        at++;
      }
      unquoted[length++] = array[at];
    }
    at = Math.min(at + 1, end);
    return HeaderText.withoutLineEnds(Octets.of(unquoted, 0, length));
  }

  /**
   * The value that begins here without quotes, such as agents write it against the rules: up to a
   * semicolon, a comment, or white space after which another parameter begins.
   */
  Octets looseValue() {
    int start = at;
    while (at < end && array[at] != ';') {
      if (array[at] < 0 || array[at] > ' ') {
        at++;
        continue;
      }
      int word = at;
      while (word < end && array[word] >= 0 && array[word] <= ' ') {
        word++;
      }
      if (word == end || array[word] == '(' || beginsParameter(word)) {
        break;
      }
      at = word;
    }
    return HeaderText.unfold(Octets.of(array, start, at));
  }

  private boolean beginsParameter(int word) {
    int i = word;
    while (i < end && TOKEN[array[i] & 0xff]) {
      i++;
    }
    return i > word && i < end && array[i] == '=';
  }
}
