package org.posthorn.mime;

import org.jspecify.annotations.Nullable;

/**
 * A walk over texts where they lie in the stored form of an index, or in the dictionary that it
 * refers to; none is made. {@link Part} says where it begins. Not thread-safe.
 */
public final class IndexText {
  private static final byte[] NOTHING = {};

  private byte[] stored = NOTHING;
  private int position;
  private byte[] array = NOTHING;
  private int from;
  private int to;

  /** A walk that has not begun. */
  public IndexText() {}

  /** Begins at that place. */
  void begin(byte[] index, int at) {
    stored = index;
    position = at;
  }

  /** Where the next value begins. */
  public int position() {
    return position;
  }

  /**
   * Goes on from a place where it was before.
   *
   * @param earlier a {@link #position()} of this walk
   */
  public void rewind(int earlier) {
    position = earlier;
  }

  /** A number of texts, or of groups of texts, that follow. */
  public int count() {
    return (int) number();
  }

  /**
   * Goes to the next text.
   *
   * @return false if it is not there: NIL in IMAP's terms
   */
  public boolean next() {
    long code = number();
    if (code == 0) {
      return false;
    }
    if ((code & 1) != 0) {
      return word(Dictionary.word((int) (code >>> 1)));
    }
    array = stored;
    from = position;
    position += (int) (code >>> 1) - 1;
    to = position;
    return true;
  }

  private boolean word(@Nullable Octets word) {
    if (word == null) {
      return false;
    }
    array = word.array();
    from = word.from();
    to = word.to();
    return true;
  }

  /** Passes over texts. */
  public void skip(int texts) {
    for (int i = 0; i < texts; i++) {
      long code = number();
      if (code > 0 && (code & 1) == 0) {
        position += (int) (code >>> 1) - 1;
      }
    }
  }

  /** The array that the text lies in, which must not be changed. */
  public byte[] array() {
    return array;
  }

  /** Where in its array the text begins. */
  public int from() {
    return from;
  }

  /** Where in its array the text ends. */
  public int to() {
    return to;
  }

  private long number() {
    byte octet = stored[position++];
    if (octet >= 0) {
      return octet;
    }
    long value = octet & 0x7f;
    for (int shift = 7; ; shift += 7) {
      octet = stored[position++];
      value |= (octet & 0x7fL) << shift;
      if (octet >= 0) {
        return value;
      }
    }
  }
}
