package org.posthorn.imap;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads responses as a strict client does: quoted strings, literals, parentheses, line ends. */
final class ResponseCheck {
  private static final Pattern STATUS = Pattern.compile("(\\S+ (OK|NO|BAD|BYE) |\\+ )");

  private final byte[] octets;
  private final String about;
  private int at;

  private ResponseCheck(byte[] octets, String about) {
    this.octets = octets;
    this.about = about;
  }

  static void wellFormed(byte[] octets, String about) {
    ResponseCheck check = new ResponseCheck(octets, about);
    while (check.at < octets.length) {
      check.line();
    }
  }

  private void line() {
    if (isStatus()) {
      text();
      return;
    }
    int depth = 0;
    while (true) {
      int c = next();
      switch (c) {
        case '(' -> depth++;
        case ')' -> {
          if (--depth < 0) {
            throw fail("closing parenthesis");
          }
        }
        case '"' -> quoted();
        case '{' -> literal();
        case '\r' -> {
          if (next() != '\n' || depth != 0) {
            throw fail("line end");
          }
          return;
        }
        default -> {
          if (c < ' ' || c > '~') {
            throw fail("octet " + c);
          }
        }
      }
    }
  }

  /** Whether words for people follow, in which brackets and quotes need not match. */
  private boolean isStatus() {
    int length = Math.min(octets.length - at, 40);
    String start = new String(octets, at, length, StandardCharsets.ISO_8859_1);
    return STATUS.matcher(start).lookingAt();
  }

  private void text() {
    for (int c = next(); c != '\r'; c = next()) {
      if (c < ' ' || c > '~') {
        throw fail("octet " + c + " in text");
      }
    }
    if (next() != '\n') {
      throw fail("CR");
    }
  }

  private void quoted() {
    for (int c = next(); c != '"'; c = next()) {
      if (c == '\\') {
        c = next();
        if (c != '"' && c != '\\') {
          throw fail("escape");
        }
      } else if (c < 1 || c > 127 || c == '\r' || c == '\n') {
        throw fail("octet " + c + " in a quoted string");
      }
    }
  }

  private void literal() {
    int length = 0;
    int c = next();
    for (; c >= '0' && c <= '9'; c = next()) {
      length = length * 10 + c - '0';
    }
    if (c != '}' || next() != '\r' || next() != '\n') {
      throw fail("literal header");
    }
    at += length;
  }

  private int next() {
    if (at >= octets.length) {
      throw fail("end");
    }
    return octets[at++] & 0xff;
  }

  private AssertionError fail(String what) {
    int from = Math.max(0, Math.min(at, octets.length) - 80);
    String near =
        new String(octets, from, Math.min(at, octets.length) - from, StandardCharsets.ISO_8859_1);
    return new AssertionError(about + ": unexpected " + what + " after " + near);
  }
}
