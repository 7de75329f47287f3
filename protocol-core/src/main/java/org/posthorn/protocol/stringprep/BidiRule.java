package org.posthorn.protocol.stringprep;

/** The Bidi Rule, RFC 5893 section 2. */
final class BidiRule {
  private static final long RTL =
      bit(Character.DIRECTIONALITY_RIGHT_TO_LEFT)
          | bit(Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
  private static final long NUMBER =
      bit(Character.DIRECTIONALITY_EUROPEAN_NUMBER) | bit(Character.DIRECTIONALITY_ARABIC_NUMBER);
  private static final long NEUTRAL =
      bit(Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR)
          | bit(Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR)
          | bit(Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR)
          | bit(Character.DIRECTIONALITY_OTHER_NEUTRALS)
          | bit(Character.DIRECTIONALITY_BOUNDARY_NEUTRAL)
          | bit(Character.DIRECTIONALITY_NONSPACING_MARK);
  private static final long IN_RTL = RTL | NUMBER | NEUTRAL;
  private static final long IN_LTR =
      bit(Character.DIRECTIONALITY_LEFT_TO_RIGHT)
          | bit(Character.DIRECTIONALITY_EUROPEAN_NUMBER)
          | NEUTRAL;
  private static final long END_LTR =
      bit(Character.DIRECTIONALITY_LEFT_TO_RIGHT) | bit(Character.DIRECTIONALITY_EUROPEAN_NUMBER);

  private BidiRule() {}

  /** Whether text keeps it; text without right-to-left characters does in any case. */
  static boolean holds(String text) {
    long all = 0;
    long last = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      long of = bit(Character.getDirectionality(c));
      all |= of;
      last = of == bit(Character.DIRECTIONALITY_NONSPACING_MARK) ? last : of;
    }
    if ((all & (RTL | bit(Character.DIRECTIONALITY_ARABIC_NUMBER))) == 0) {
      return true;
    }
    long first = bit(Character.getDirectionality(text.codePointAt(0)));
    if ((first & RTL) != 0) {
      return (all & ~IN_RTL) == 0 && (last & (RTL | NUMBER)) != 0 && (all & NUMBER) != NUMBER;
    }
    return first == bit(Character.DIRECTIONALITY_LEFT_TO_RIGHT)
        && (all & ~IN_LTR) == 0
        && (last & END_LTR) != 0;
  }

  private static long bit(byte directionality) {
    return directionality < 0 ? 1L << 63 : 1L << directionality;
  }
}
