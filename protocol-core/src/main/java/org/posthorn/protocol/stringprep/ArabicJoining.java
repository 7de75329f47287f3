package org.posthorn.protocol.stringprep;

import java.text.Normalizer;
import java.util.BitSet;

/**
 * Which Arabic letters join their neighbours, told from the presentation forms that Unicode has of
 * them: a letter with a medial form joins both, one with a final form the letter before it.
 * Joining_Type is not among the properties that the JDK has.
 */
final class ArabicJoining {
  private static final BitSet MEDIAL = lettersWith("MEDIAL FORM");
  private static final BitSet FINAL = lettersWith("FINAL FORM");

  private ArabicJoining() {}

  /** Joining_Type D. */
  static boolean joinsNext(int c) {
    return MEDIAL.get(c);
  }

  /** Joining_Type R or D. */
  static boolean joinsPrevious(int c) {
    return FINAL.get(c);
  }

  private static BitSet lettersWith(String form) {
    BitSet letters = new BitSet();
    for (int c = 0xFB50; c <= 0xFEFC; c++) {
      String name = Character.getName(c);
      String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
      if (name != null && name.endsWith(form) && plain.length() == 1) {
        letters.set(plain.charAt(0));
      }
    }
    return letters;
  }
}
