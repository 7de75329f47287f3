package org.posthorn.smtp;

/** The encoding of internationalized addresses in ORCPT (RFC 6533 section 3). */
final class Utf8Xtext {
  private static final int HEX = 16;

  private Utf8Xtext() {}

  /** In the form that fits through servers without SMTPUTF8: utf-8-addr-xtext. */
  static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    text.codePoints()
        .forEach(
            c -> {
              if (c > ' ' && c < 0x7f && c != '+' && c != '=' && c != '\\') {
                out.append((char) c);
              } else {
                out.append("\\x{").append(String.format("%02X", c)).append('}');
              }
            });
    return out.toString();
  }

  /** Reads utf-8-addr-xtext, utf-8-addr-unitext and plain xtext. */
  static String decode(String text) throws SmtpSyntaxException {
    StringBuilder out = new StringBuilder(text.length());
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (c == '\\') {
        int end = text.indexOf('}', at);
        if (!text.startsWith("\\x{", at) || end < 0) {
          throw new SmtpSyntaxException("\\x{...} expected");
        }
        flush(plain, out);
        out.appendCodePoint(codePoint(text.substring(at + 3, end)));
        at = end + 1;
      } else if (c >= 0xa0) {
        flush(plain, out);
        out.appendCodePoint(c);
        at += Character.charCount(c);
      } else {
        plain.appendCodePoint(c);
        at++;
      }
    }
    flush(plain, out);
    return out.toString();
  }

  private static void flush(StringBuilder plain, StringBuilder out) throws SmtpSyntaxException {
    out.append(Xtext.decode(plain.toString()));
    plain.setLength(0);
  }

  private static int codePoint(String hex) throws SmtpSyntaxException {
    if (!hex.matches("[0-9A-F]{2,6}")) {
      throw new SmtpSyntaxException("two to six hexadecimal digits expected");
    }
    int c = Integer.parseInt(hex, HEX);
    if (!Character.isValidCodePoint(c) || (c >= 0xd800 && c <= 0xdfff)) {
      throw new SmtpSyntaxException("no such character");
    }
    return c;
  }
}
