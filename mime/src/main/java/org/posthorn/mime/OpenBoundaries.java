package org.posthorn.mime;

import java.util.Arrays;

/**
 * The boundaries that may still come, the innermost last, each with the level of its multipart. A
 * few are compared one by one. Of many, which is how somebody would try to make an indexer slow,
 * the one that a line may be is found by a hash of how the line begins: a line costs the same
 * however many are open.
 */
final class OpenBoundaries {
  private static final int FEW = 4;
  private static final int SLOTS = 256;
  private static final byte[] CLOSED = {};

  private byte[][] boundaries = new byte[FEW][];
  private int[] levels = new int[FEW];
  private int[] hashes = new int[FEW];

  /** For each slot of hashes the last boundary that has it; for each boundary the one before it. */
  private final int[] lastOfSlot = new int[SLOTS];

  private int[] before = new int[FEW];
  private int count;

  private int found;
  private BoundaryLine.Match match = BoundaryLine.Match.NONE;
  private boolean textBehind;

  OpenBoundaries() {
    Arrays.fill(lastOfSlot, -1);
  }

  boolean isEmpty() {
    return count == 0;
  }

  void clear() {
    while (count > 0) {
      removeLast();
    }
  }

  /** Adds the innermost one. */
  void add(byte[] boundary, int level) {
    if (count == boundaries.length) {
      boundaries = Arrays.copyOf(boundaries, 2 * count);
      levels = Arrays.copyOf(levels, 2 * count);
      hashes = Arrays.copyOf(hashes, 2 * count);
      before = Arrays.copyOf(before, 2 * count);
    }
    int hash = 0;
    for (byte octet : boundary) {
      hash = extend(hash, octet);
    }
    boundaries[count] = boundary;
    levels[count] = level;
    hashes[count] = hash;
    before[count] = lastOfSlot[slot(hash)];
    lastOfSlot[slot(hash)] = count;
    count++;
  }

  /** Removes the innermost one. */
  void removeLast() {
    count--;
    lastOfSlot[slot(hashes[count])] = before[count];
    boundaries[count] = CLOSED;
  }

  /**
   * The level of the innermost one that this trimmed line is, or -1. A line that is nothing else
   * comes before one that has text behind the boundary.
   */
  int find(byte[] array, int from, int trimmedEnd) {
    found = -1;
    match = BoundaryLine.Match.NONE;
    textBehind = false;
    if (count <= FEW) {
      compareAll(array, from, trimmedEnd);
    } else {
      lookUpAll(array, from, trimmedEnd);
    }
    return found < 0 ? -1 : levels[found];
  }

  /** Whether the boundary found last closes its multipart. */
  boolean foundClose() {
    return match == BoundaryLine.Match.CLOSE;
  }

  /** Whether the boundary found last has text behind it. */
  boolean foundText() {
    return textBehind;
  }

  private void compareAll(byte[] array, int from, int trimmedEnd) {
    for (int i = count - 1; i >= 0 && found < 0; i--) {
      take(i, BoundaryLine.exact(boundaries[i], array, from, trimmedEnd), false);
    }
    for (int i = count - 1; i >= 0 && found < 0; i--) {
      take(i, BoundaryLine.prefix(boundaries[i], array, from, trimmedEnd), true);
    }
  }

  /** Wherever a boundary may end in the line, one that begins like the line is looked up. */
  private void lookUpAll(byte[] array, int from, int trimmedEnd) {
    int start = from + 2;
    int hash = 0;
    for (int at = start; at <= trimmedEnd; at++) {
      BoundaryLine.Match here = BoundaryLine.endingAt(array, at, trimmedEnd);
      if (here != BoundaryLine.Match.NONE) {
        boolean text = at != trimmedEnd && !(at + 2 == trimmedEnd && here.closes());
        take(innermost(hash, array, start, at), here, text);
      }
      if (at < trimmedEnd) {
        hash = extend(hash, array[at]);
      }
    }
  }

  private void take(int boundary, BoundaryLine.Match how, boolean text) {
    boolean better = found < 0 || (textBehind && !text) || (textBehind == text && boundary > found);
    if (boundary >= 0 && how != BoundaryLine.Match.NONE && better) {
      found = boundary;
      match = how;
      textBehind = text;
    }
  }

  private int innermost(int hash, byte[] array, int start, int end) {
    int i = lastOfSlot[slot(hash)];
    while (i >= 0
        && (hashes[i] != hash
            || !Arrays.equals(array, start, end, boundaries[i], 0, boundaries[i].length))) {
      i = before[i];
    }
    return i;
  }

  private static int extend(int hash, byte octet) {
    return 31 * hash + octet;
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 8 ^ hash >>> 16) & (SLOTS - 1);
  }
}
