package org.posthorn.protocol.stringprep;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * The derived property of a code point, RFC 8264 section 8, from the Unicode properties of this
 * JDK.
 */
enum PrecisClass {
  PVALID,
  /** Valid in free text, not in identifiers: ID_DIS or FREE_PVAL. */
  FREE,
  CONTEXTJ,
  CONTEXTO,
  DISALLOWED,
  UNASSIGNED;

  /** Section 8, in its order; BackwardCompatible (G) is empty. */
  static PrecisClass of(int c) {
    PrecisClass exception = exception(c);
    if (exception != null) {
      return exception;
    }
    int type = Character.getType(c);
    if (type == Character.UNASSIGNED && !isNoncharacter(c)) {
      return UNASSIGNED;
    }
    if (c >= 0x21 && c <= 0x7E) {
      return PVALID;
    }
    if (c == 0x200C || c == 0x200D) {
      return CONTEXTJ;
    }
    if (isOldHangul(c) || isIgnorable(c) || isNoncharacter(c) || type == Character.CONTROL) {
      return DISALLOWED;
    }
    return hasCompatibilityForm(c) ? FREE : ofType(type);
  }

  /** Category F, section 9.6, which is RFC 5892 section 2.6. */
  private static @Nullable PrecisClass exception(int c) {
    if ((c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9)) {
      return CONTEXTO;
    }
    return switch (c) {
      case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007 -> PVALID;
      case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB -> CONTEXTO;
      case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B ->
          DISALLOWED;
      default -> null;
    };
  }

  private static PrecisClass ofType(int type) {
    return switch (type) {
      case Character.LOWERCASE_LETTER,
          Character.UPPERCASE_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.MODIFIER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          PVALID;
      case Character.TITLECASE_LETTER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.ENCLOSING_MARK,
          Character.SPACE_SEPARATOR,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL,
          Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          FREE;
      default -> DISALLOWED;
    };
  }

  /** Category I: conjoining jamo, Hangul_Syllable_Type L, V or T. */
  private static boolean isOldHangul(int c) {
    return (c >= 0x1100 && c <= 0x11FF)
        || (c >= 0xA960 && c <= 0xA97C)
        || (c >= 0xD7B0 && c <= 0xD7FB);
  }

  /**
   * Category M: Default_Ignorable_Code_Point as far as it is not of a type that is disallowed
   * anyway; the JDK does not have this property.
   */
  private static boolean isIgnorable(int c) {
    return c == 0xAD
        || c == 0x34F
        || c == 0x61C
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || (c >= 0x180B && c <= 0x180F)
        || c == 0x3164
        || (c >= 0xFE00 && c <= 0xFE0F)
        || c == 0xFFA0
        || (c >= 0xE0000 && c <= 0xE0FFF);
  }

  private static boolean isNoncharacter(int c) {
    return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
  }

  /** Category Q. */
  private static boolean hasCompatibilityForm(int c) {
    String one = Character.toString(c);
    return !Normalizer.normalize(one, Normalizer.Form.NFKC).equals(one);
  }
}
