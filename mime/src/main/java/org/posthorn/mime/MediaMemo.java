package org.posthorn.mime;

import java.util.Arrays;

/**
 * Remembers what short Content-Type values looked like in the index. Most parts of most mail say
 * one of a few things, and comparing octets is faster than reading them.
 */
final class MediaMemo {

  private static final int ENTRIES = 16;
  private static final int ROOM = 96;

  private final byte[] keys = new byte[ENTRIES * ROOM];
  private final byte[] written = new byte[ENTRIES * ROOM];
  private final int[] keyLengths = new int[ENTRIES];
  private final int[] typeLengths = new int[ENTRIES];
  private final int[] lengths = new int[ENTRIES];

  /** The place of that value, or -1 if it is not remembered. */
  int find(byte[] array, int from, int to) {
    int length = to - from;
    if (length == 0 || length > ROOM) {
      return -1;
    }
    int entry = entry(array, to, length);
    int key = entry * ROOM;
    boolean same =
        keyLengths[entry] == length && Arrays.equals(array, from, to, keys, key, key + length);
    return same ? entry : -1;
  }

  /** By length and the octet before the line end. */
  private static int entry(byte[] array, int to, int length) {
    int octet = length > 2 ? array[to - 3] : 0;
    return (length * 7 + octet) & (ENTRIES - 1);
  }

  /** Writes type and subtype. */
  void writeType(int entry, IndexWriter out) {
    int from = entry * ROOM;
    out.octets(written, from, from + typeLengths[entry]);
  }

  /** Writes the parameters with their number before them, if there are any. */
  boolean writeParameters(int entry, IndexWriter out) {
    int from = entry * ROOM;
    out.octets(written, from + typeLengths[entry], from + lengths[entry]);
    return lengths[entry] > typeLengths[entry];
  }

  /**
   * Remembers a value, if it is short.
   *
   * @param types type and subtype as they were written, from that place on
   * @param parameters the parameters as they were written
   */
  void remember(
      byte[] array, int from, int to, IndexWriter types, int typeFrom, IndexWriter parameters) {
    int length = to - from;
    int typeLength = types.length() - typeFrom;
    if (length == 0 || length > ROOM || typeLength + parameters.length() > ROOM) {
      return;
    }
    int entry = entry(array, to, length);
    int at = entry * ROOM;
    System.arraycopy(array, from, keys, at, length);
    types.copyTo(typeFrom, types.length(), written, at);
    parameters.copyTo(0, parameters.length(), written, at + typeLength);
    keyLengths[entry] = length;
    typeLengths[entry] = typeLength;
    lengths[entry] = typeLength + parameters.length();
  }
}
