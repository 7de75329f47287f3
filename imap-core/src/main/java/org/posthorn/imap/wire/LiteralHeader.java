package org.posthorn.imap.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a client says before the octets of a literal (RFC 9051 section 4.3, RFC 7888): {@code {n}},
 * {@code {n+}}, {@code ~{n}}, {@code ~{n+}} at the end of a line.
 *
 * @param start index of its first octet
 * @param octets that follow; {@link Long#MAX_VALUE} when the number is larger
 * @param synchronizing whether the client waits for the go-ahead
 * @param binary literal8 (RFC 3516): may contain NUL
 */
public record LiteralHeader(int start, long octets, boolean synchronizing, boolean binary) {

  /**
   * Finds the header that ends the line.
   *
   * @param end behind the line, its CRLF not included
   * @return null when the line does not end in one
   */
  static @Nullable LiteralHeader find(byte[] line, int from, int end) {
    int at = end - 1;
    if (at < from || line[at] != '}') {
      return null;
    }
    at--;
    boolean synchronizing = true;
    if (at >= from && line[at] == '+') {
      synchronizing = false;
      at--;
    }
    int lastDigit = at;
    while (at >= from && Chars.isDigit(line[at])) {
      at--;
    }
    if (at == lastDigit || at < from || line[at] != '{') {
      return null;
    }
    long octets = 0;
    for (int i = at + 1; i <= lastDigit; i++) {
      int digit = line[i] - '0';
      octets = octets > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : octets * 10 + digit;
    }
    boolean binary = at > from && line[at - 1] == '~';
    return new LiteralHeader(binary ? at - 1 : at, octets, synchronizing, binary);
  }
}
