package org.posthorn.imap.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.posthorn.imap.collation.Collation;

/**
 * Compares the words of a text with those looked for. Case and accents do not matter where the
 * collation folds them; a word may have one letter too many, too few or wrong, or two letters in
 * the wrong order, a long word two such faults. Holds one word of the text.
 */
final class WordScan implements TextSink {
  /** Characters of a word that count, and words that are looked for. */
  private static final int LONGEST = 64;

  private static final int MOST_WORDS = 32;
  private static final double BEGINS = 0.95;
  private static final double CONTAINS = 0.9;

  private final Collation collation;
  private final List<String> words = new ArrayList<>();
  private final double[] best;
  private final StringBuilder word = new StringBuilder();

  WordScan(Needle needle) {
    collation = needle.collation();
    split(needle.toString());
    best = new double[words.size()];
  }

  private void split(String text) {
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (takes(c) && !word.isEmpty()) {
        if (words.size() < MOST_WORDS) {
          words.add(word.toString());
        }
        word.setLength(0);
      }
    }
  }

  /** The words looked for, folded. */
  List<String> words() {
    return words;
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  @Override
  public void add(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (takes(text.charAt(i))) {
        compare();
      }
    }
  }

  /** Adds a character to the word, or returns true where the word ends. */
  private boolean takes(char c) {
    char folded = collation.fold(c);
    if (!Collation.isSeveral(folded)) {
      return takesFolded(folded);
    }
    boolean ends = false;
    String several = collation.fold((int) c);
    for (int i = 0; i < several.length(); i++) {
      ends |= takesFolded(several.charAt(i));
    }
    return ends;
  }

  private boolean takesFolded(char c) {
    if (Character.isLetterOrDigit(c)) {
      if (word.length() < LONGEST) {
        word.append(c);
      }
      return false;
    }
    return Character.getType(c) != Character.NON_SPACING_MARK;
  }

  @Override
  public void restart() {
    compare();
  }

  @Override
  public boolean done() {
    for (double similarity : best) {
      if (similarity < 1) {
        return false;
      }
    }
    return true;
  }

  private void compare() {
    if (!word.isEmpty()) {
      String found = word.toString();
      word.setLength(0);
      for (int i = 0; i < best.length; i++) {
        if (best[i] < 1) {
          best[i] = Math.max(best[i], similarity(words.get(i), found));
        }
      }
    }
  }

  /** How well all words were found: above 0 to 1, or 0 where one was not. */
  double similarity() {
    compare();
    double sum = 0;
    for (double similarity : best) {
      if (similarity == 0) {
        return 0;
      }
      sum += similarity;
    }
    return best.length == 0 ? 0 : sum / best.length;
  }

  private static double similarity(String wanted, String found) {
    if (found.equals(wanted)) {
      return 1;
    }
    if (found.startsWith(wanted)) {
      return BEGINS;
    }
    if (found.contains(wanted)) {
      return CONTAINS;
    }
    int faults = wanted.length() < 3 ? 0 : wanted.length() < 6 ? 1 : 2;
    int longer = Math.max(wanted.length(), found.length());
    if (longer - Math.min(wanted.length(), found.length()) > faults) {
      return 0;
    }
    int distance = distance(wanted, found);
    return distance > faults ? 0 : 1 - (double) distance / longer;
  }

  /** Steps from one to the other: one letter more, less, or another, or two neighbours changed. */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    int[] next = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      next[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int steps = Math.min(Math.min(next[j - 1], row[j]) + 1, row[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          steps = Math.min(steps, before[j - 2] + 1);
        }
        next[j] = steps;
      }
      int[] spare = before;
      before = row;
      row = next;
      next = spare;
    }
    return row[b.length()];
  }
}
