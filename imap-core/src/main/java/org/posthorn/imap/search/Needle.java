package org.posthorn.imap.search;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.collation.Collation;
import org.posthorn.mime.Octets;

/**
 * A text that is looked for, folded by a collation and prepared for one pass (Knuth, Morris, Pratt)
 * when it is looked for first: many are read that no message is tested for. Immutable.
 */
public final class Needle {

  /** Characters below fold to one character in every collation. */
  static final int ASCII = 128;

  /** A {@link String}, or {@link Octets} of a command that are ASCII and were not read yet. */
  private final Object text;

  private final Collation collation;

  // Two threads may make it twice, and it is the same.
  private @Nullable Pattern pattern;

  /** Looks for that text by the default collation. */
  public Needle(String text) {
    this(text, Collation.DEFAULT);
  }

  /** Looks for that text. */
  public Needle(String text, Collation collation) {
    this.text = text;
    this.collation = collation;
  }

  /**
   * Looks for that text by that collation.
   *
   * @param ascii {@linkplain #isAscii as it says}
   */
  Needle(Octets ascii, Collation collation) {
    this.text = ascii;
    this.collation = collation;
  }

  /** Whether all octets are ASCII. */
  static boolean isAscii(Octets text) {
    int all = 0;
    for (int i = 0; i < text.length(); i++) {
      all |= text.at(i);
    }
    return all < ASCII;
  }

  /** The text as it is matched. */
  private static final class Pattern {
    private final char[] folded;

    // Made when texts are searched: many needles are only compared with what an index knows.
    private volatile boolean @Nullable [] starts;

    /** For each length of a partial match the next shorter one that ends in the same characters. */
    private final int[] shorter;

    Pattern(char[] folded) {
      this.folded = folded;
      shorter = new int[folded.length];
      int matched = 0;
      for (int i = 1; i < folded.length; i++) {
        matched = extend(matched, folded[i]);
        shorter[i] = matched;
      }
    }

    int extend(int matched, char c) {
      int length = matched;
      while (length > 0 && folded[length] != c) {
        length = shorter[length - 1];
      }
      return folded[length] == c ? length + 1 : length;
    }
  }

  private Pattern pattern() {
    Pattern made = pattern;
    if (made == null) {
      made = new Pattern(collation.fold(toString()).toCharArray());
      pattern = made;
    }
    return made;
  }

  /** How texts are compared with it. */
  public Collation collation() {
    return collation;
  }

  /** How many characters are matched after one more; not to be called once all are. */
  int step(int matched, char c) {
    return pattern().extend(matched, c);
  }

  /** How many characters a match has. */
  int length() {
    return pattern().folded.length;
  }

  /**
   * Which ASCII characters a match may begin with; not to be changed, and not to be asked of an
   * empty text.
   */
  boolean[] starts() {
    Pattern whole = pattern();
    boolean[] made = whole.starts;
    if (made == null) {
      made = new boolean[ASCII];
      for (char c = 0; c < ASCII; c++) {
        made[c] = step(0, collation.fold(c)) > 0;
      }
      whole.starts = made;
    }
    return made;
  }

  /** Whether a match may begin with two ASCII characters. */
  boolean startsWith(char first, char second) {
    int matched = step(0, collation.fold(first));
    return matched == length() || (matched == 1 && step(1, collation.fold(second)) == 2);
  }

  /** Whether the text is empty and so found everywhere. */
  public boolean isEmpty() {
    return length() == 0;
  }

  /** The text as it was given. */
  @Override
  public String toString() {
    return text instanceof Octets octets ? octets.asAscii() : (String) text;
  }
}
