package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes replies (RFC 5321 section 4.2): printable characters only, lines of at most 512 octets.
 */
final class Reply {
  private static final int TEXT_LIMIT = 480;

  private Reply() {}

  static ByteBuffer of(Verdict verdict) {
    return line(verdict.code(), ' ', verdict.enhanced() + ' ' + verdict.text());
  }

  /** A line with more to come (RFC 5321 section 4.2.1: all have the same code). */
  static ByteBuffer continued(int code, Verdict verdict) {
    return line(code, '-', verdict.enhanced() + ' ' + verdict.text());
  }

  /** A reply without enhanced status code: greeting, HELO, 334 and 354. */
  static ByteBuffer of(int code, String text) {
    return line(code, ' ', text);
  }

  static ByteBuffer of(int code, List<String> lines) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      all.append(code).append(i < lines.size() - 1 ? '-' : ' ');
      all.append(printable(lines.get(i))).append("\r\n");
    }
    return ByteBuffer.wrap(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static ByteBuffer line(int code, char separator, String text) {
    String line = code + (separator + printable(text)) + "\r\n";
    return ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), TEXT_LIMIT));
    for (int i = 0; i < text.length() && i < TEXT_LIMIT; i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return out.toString();
  }
}
