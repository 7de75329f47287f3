package org.posthorn.imap.search;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.posthorn.imap.collation.Collation;

/**
 * Looks for several needles at once in text that comes in pieces of any size. Holds one number a
 * needle, whatever the length of the text.
 */
final class TextScan implements TextSink {

  private final Needle[] needles;
  private final Collation collation;
  private final int[] matched;
  private final BitSet found;
  private int missing;
  private char highSurrogate;

  /**
   * @param needles all of the same collation
   */
  TextScan(List<Needle> needles) {
    this.collation = needles.isEmpty() ? Collation.DEFAULT : needles.get(0).collation();
    this.needles = needles.toArray(new Needle[0]);
    this.matched = new int[this.needles.length];
    this.found = new BitSet(this.needles.length);
    this.missing = this.needles.length;
    for (int i = 0; i < this.needles.length; i++) {
      if (this.needles[i].isEmpty()) {
        markFound(i);
      }
    }
  }

  static boolean contains(Needle needle, CharSequence text) {
    TextScan scan = new TextScan(List.of(needle));
    scan.add(text);
    return scan.done();
  }

  @Override
  public void add(CharSequence text) {
    for (int i = 0; i < text.length() && missing > 0; i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)) {
        endSurrogate();
        highSurrogate = c;
      } else if (highSurrogate != 0 && Character.isLowSurrogate(c)) {
        stepAll(collation.fold(Character.toCodePoint(highSurrogate, c)));
        highSurrogate = 0;
      } else {
        endSurrogate();
        char folded = collation.fold(c);
        if (Collation.isSeveral(folded)) {
          stepAll(collation.fold((int) c));
        } else {
          step(folded);
        }
      }
    }
  }

  @Override
  public void restart() {
    Arrays.fill(matched, 0);
    highSurrogate = 0;
  }

  private void endSurrogate() {
    if (highSurrogate != 0) {
      step(highSurrogate);
      highSurrogate = 0;
    }
  }

  private void stepAll(String folded) {
    for (int i = 0; i < folded.length(); i++) {
      step(folded.charAt(i));
    }
  }

  private void step(char c) {
    for (int i = 0; i < needles.length; i++) {
      if (!found.get(i)) {
        Needle needle = needles[i];
        int now = needle.step(matched[i], c);
        matched[i] = now;
        if (now == needle.length()) {
          markFound(i);
        }
      }
    }
  }

  private void markFound(int i) {
    found.set(i);
    missing--;
  }

  /** Whether every needle was found. */
  @Override
  public boolean done() {
    return missing == 0;
  }

  /** Whether the needle of that number was found. */
  boolean found(int needle) {
    return found.get(needle);
  }
}
