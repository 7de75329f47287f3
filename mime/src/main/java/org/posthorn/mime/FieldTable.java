package org.posthorn.mime;

import java.util.Arrays;

/** Where the fields of a header lie, counted from the start of the header. */
final class FieldTable {

  private static final int NUMBERS = 4;

  private int[] places = new int[NUMBERS * 24];
  private int count;

  void clear() {
    count = 0;
  }

  /** How many fields there are. */
  int count() {
    return count;
  }

  void add(int start, int nameEnd, int valueStart, int end) {
    int slot = count * NUMBERS;
    if (slot == places.length) {
      places = Arrays.copyOf(places, slot * 2);
    }
    places[slot] = start;
    places[slot + 1] = nameEnd;
    places[slot + 2] = valueStart;
    places[slot + 3] = end;
    count++;
  }

  /** Moves the end of the last field. */
  void extendLast(int end) {
    places[count * NUMBERS - 1] = end;
  }

  int start(int field) {
    return places[field * NUMBERS];
  }

  int nameEnd(int field) {
    return places[field * NUMBERS + 1];
  }

  int valueStart(int field) {
    return places[field * NUMBERS + 2];
  }

  int end(int field) {
    return places[field * NUMBERS + 3];
  }

  /** How much memory is held, about. */
  int held() {
    return places.length * Integer.BYTES;
  }
}
