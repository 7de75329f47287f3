package org.posthorn.protocol.stringprep;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;

/** The rules of RFC 5892 appendix A for characters that are allowed in some places only. */
final class PrecisContext {
  private PrecisContext() {}

  /** Whether the CONTEXTJ or CONTEXTO character at an index may stand there. */
  static boolean allows(String text, int at) {
    int c = text.codePointAt(at);
    int before = at == 0 ? -1 : text.codePointBefore(at);
    int next = at + Character.charCount(c);
    int after = next < text.length() ? text.codePointAt(next) : -1;
    return switch (c) {
      case 0x200C -> isVirama(before) || joins(text, at, next); // A.1
      case 0x200D -> isVirama(before); // A.2
      case 0xB7 -> before == 'l' && after == 'l'; // A.3
      case 0x375 -> is(after, UnicodeScript.GREEK); // A.4
      case 0x5F3, 0x5F4 -> is(before, UnicodeScript.HEBREW); // A.5, A.6
      case 0x30FB -> // A.7
          text.codePoints()
              .anyMatch(
                  o ->
                      is(o, UnicodeScript.HIRAGANA)
                          || is(o, UnicodeScript.KATAKANA)
                          || is(o, UnicodeScript.HAN));
      default -> // A.8, A.9: Arabic-Indic digits of one kind only
          c >= 0x6F0
              ? text.codePoints().noneMatch(o -> o >= 0x660 && o <= 0x669)
              : text.codePoints().noneMatch(o -> o >= 0x6F0 && o <= 0x6F9);
    };
  }

  private static boolean is(int c, UnicodeScript script) {
    return c >= 0 && UnicodeScript.of(c) == script;
  }

  /**
   * Whether the combining class is 9: it stands between those of U+3099 (8) and U+05B0 (10) when
   * text is put into canonical order. The JDK does not tell combining classes otherwise.
   */
  private static boolean isVirama(int c) {
    if (c < 0x900) {
      return false;
    }
    String mark = Character.toString(c);
    return Normalizer.normalize("a\u05B0" + mark, Normalizer.Form.NFD).equals("a" + mark + "\u05B0")
        && Normalizer.normalize("a" + mark + "\u3099", Normalizer.Form.NFD)
            .equals("a\u3099" + mark);
  }

  /** A letter that joins to the left before, and one that joins to the right behind. */
  private static boolean joins(String text, int at, int next) {
    int left = at;
    while (left > 0 && isTransparent(text.codePointBefore(left))) {
      left -= Character.charCount(text.codePointBefore(left));
    }
    int right = next;
    while (right < text.length() && isTransparent(text.codePointAt(right))) {
      right += Character.charCount(text.codePointAt(right));
    }
    return left > 0
        && right < text.length()
        && ArabicJoining.joinsNext(text.codePointBefore(left))
        && ArabicJoining.joinsPrevious(text.codePointAt(right));
  }

  private static boolean isTransparent(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }
}
