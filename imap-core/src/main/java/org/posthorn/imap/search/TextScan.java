package org.posthorn.imap.search;

import java.nio.CharBuffer;
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

  /** Which ASCII characters may begin a match. */
  private final boolean[] starts;

  /** Whether nothing of any needle is matched so far. */
  private boolean idle = true;

  /**
   * @param needles all of the same collation
   */
  TextScan(List<Needle> needles) {
    this.collation = needles.isEmpty() ? Collation.DEFAULT : needles.get(0).collation();
    this.needles = needles.toArray(new Needle[0]);
    this.matched = new int[this.needles.length];
    this.found = new BitSet(this.needles.length);
    this.missing = this.needles.length;
    this.starts = starts(this.needles);
    for (int i = 0; i < this.needles.length; i++) {
      if (this.needles[i].isEmpty()) {
        markFound(i);
      }
    }
  }

  private static boolean[] starts(Needle[] needles) {
    if (needles.length == 1 && !needles[0].isEmpty()) {
      return needles[0].starts();
    }
    boolean[] all = new boolean[Needle.ASCII];
    for (Needle needle : needles) {
      for (int c = 0; c < all.length && !needle.isEmpty(); c++) {
        all[c] |= needle.starts()[c];
      }
    }
    return all;
  }

  static boolean contains(Needle needle, CharSequence text) {
    TextScan scan = new TextScan(List.of(needle));
    scan.add(text);
    return scan.done();
  }

  @Override
  public void add(CharSequence text) {
    if (text instanceof CharBuffer buffer && buffer.hasArray()) {
      int from = buffer.arrayOffset() + buffer.position();
      add(buffer.array(), from, from + buffer.remaining());
    } else {
      char[] characters = text.toString().toCharArray();
      add(characters, 0, characters.length);
    }
  }

  private void add(char[] text, int from, int to) {
    int at = from;
    while (at < to && missing > 0) {
      if (idle) {
        at = candidate(text, at, to);
        if (at == to) {
          return;
        }
      }
      take(text[at++]);
    }
  }

  /** Where a match may begin, nothing being matched yet; most of a text is passed over here. */
  private int candidate(char[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      char c = text[at];
      if (c >= Needle.ASCII) {
        return at;
      }
      if (starts[c]
          && (at + 1 == to || text[at + 1] >= Needle.ASCII || mayStart(c, text[at + 1]))) {
        return at;
      }
    }
    return to;
  }

  private boolean mayStart(char first, char second) {
    for (Needle needle : needles) {
      if (!needle.isEmpty() && needle.startsWith(first, second)) {
        return true;
      }
    }
    return false;
  }

  private void take(char c) {
    if (Character.isHighSurrogate(c)) {
      endSurrogate();
      highSurrogate = c;
      idle = false;
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

  @Override
  public void restart() {
    Arrays.fill(matched, 0);
    idle = true;
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
    boolean nothing = true;
    for (int i = 0; i < needles.length; i++) {
      if (!found.get(i)) {
        Needle needle = needles[i];
        int now = needle.step(matched[i], c);
        matched[i] = now;
        if (now == needle.length()) {
          markFound(i);
        } else if (now > 0) {
          nothing = false;
        }
      }
    }
    idle = nothing;
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
