package org.posthorn.protocol.sasl;

import java.text.Normalizer;

/**
 * The mapping and normalisation steps of SASLprep (RFC 4013 sections 2.1, 2.2). ASCII stays what it
 * is. Prohibited and bidirectional characters are not looked for: a name or password that has them
 * is simply not found.
 */
final class SaslPrep {
  private SaslPrep() {}

  static String prepare(String text) {
    if (isAscii(text)) {
      return text;
    }
    StringBuilder mapped = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !mappedToNothing(c))
        .map(SaslPrep::space)
        .forEach(mapped::appendCodePoint);
    return Normalizer.normalize(mapped, Normalizer.Form.NFKC);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** RFC 3454 table B.1. */
  private static boolean mappedToNothing(int c) {
    return c == 0xAD
        || c == 0x34F
        || c == 0x1806
        || (c >= 0x180B && c <= 0x180D)
        || (c >= 0x200B && c <= 0x200D)
        || c == 0x2060
        || (c >= 0xFE00 && c <= 0xFE0F)
        || c == 0xFEFF;
  }

  /** RFC 3454 table C.1.2; zero width space is mapped to nothing before. */
  private static int space(int c) {
    boolean space =
        c == 0xA0
            || c == 0x1680
            || (c >= 0x2000 && c <= 0x200A)
            || c == 0x202F
            || c == 0x205F
            || c == 0x3000;
    return space ? ' ' : c;
  }
}
