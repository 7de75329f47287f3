package org.posthorn.mime;

import java.text.Normalizer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The collation i;unicode-casemap (RFC 5051 section 2): each code point is put into title case and
 * then wholly decomposed. Two texts are the same to a search when they fold to the same characters.
 */
public final class CaseMap {

  /** Marks a character that folds to several. */
  private static final char SEVERAL = '\uFFFF';

  private static final int PAGE = 256;

  /** Folded characters of the basic plane, one page of 256 made at its first use. */
  private static final AtomicReferenceArray<char[]> PAGES = new AtomicReferenceArray<>(PAGE);

  private CaseMap() {}

  /** The whole text folded. */
  public static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    int cp;
    for (int i = 0; i < text.length(); i += Character.charCount(cp)) {
      cp = text.codePointAt(i);
      char one = cp <= Character.MAX_VALUE ? foldToOne((char) cp) : SEVERAL;
      if (one == SEVERAL) {
        folded.append(foldToSeveral(cp));
      } else {
        folded.append(one);
      }
    }
    return folded.toString();
  }

  /** Whether a result of {@link #foldToOne} says that {@link #foldToSeveral} is to be asked. */
  public static boolean isSeveral(char folded) {
    return folded == SEVERAL;
  }

  /** What a character of the basic plane folds to, if it is one character. */
  public static char foldToOne(char c) {
    if (c < 128) {
      return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }
    char[] page = PAGES.get(c / PAGE);
    return (page == null ? page(c / PAGE) : page)[c % PAGE];
  }

  /** What any code point folds to. */
  public static String foldToSeveral(int codePoint) {
    String title = Character.toString(Character.toTitleCase(codePoint));
    return Normalizer.normalize(title, Normalizer.Form.NFKD);
  }

  private static char[] page(int number) {
    char[] page = new char[PAGE];
    for (int i = 0; i < PAGE; i++) {
      char c = (char) (number * PAGE + i);
      String folded = Character.isSurrogate(c) ? String.valueOf(c) : foldToSeveral(c);
      page[i] = folded.length() == 1 ? folded.charAt(0) : SEVERAL;
    }
    PAGES.set(number, page);
    return page;
  }
}
