package org.posthorn.mime.message;

import java.io.IOException;

/** The begin of a message's text on one line. */
final class Preview {

  private static final int LOOKED_AT = 64 * 1024;

  /** They shape letters and emoji. */
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private static final int NON_JOINER = 0x200c;

  private Preview() {}

  static String of(Message message, int maxCharacters) throws IOException {
    String text = Readers.upTo(message.text(), LOOKED_AT);
    String own = squeeze(text, maxCharacters, false);
    return own.isEmpty() ? squeeze(text, maxCharacters, true) : own;
  }

  /** The lines with one space for every run of white space and controls. */
  private static String squeeze(String text, int maxCharacters, boolean quotes) {
    StringBuilder line = new StringBuilder();
    boolean spacePending = false;
    boolean lineBegins = true;
    boolean skipping = false;
    int characters = 0;
    for (int i = 0; i < text.length() && characters < maxCharacters; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\n') {
        lineBegins = true;
        skipping = false;
        spacePending = true;
        continue;
      }
      if (isBlank(c)) {
        spacePending = true;
        continue;
      }
      if (lineBegins) {
        skipping = !quotes && c == '>';
        lineBegins = false;
      }
      if (skipping) {
        continue;
      }
      if (spacePending && characters > 0) {
        if (characters + 1 == maxCharacters) {
          break;
        }
        line.append(' ');
        characters++;
      }
      spacePending = false;
      line.appendCodePoint(c);
      characters++;
    }
    return line.toString();
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c)
        || Character.isISOControl(c)
        || Character.isSpaceChar(c)
        || (Character.getType(c) == Character.FORMAT && c != ZERO_WIDTH_JOINER && c != NON_JOINER)
        || Character.getType(c) == Character.SURROGATE;
  }
}
