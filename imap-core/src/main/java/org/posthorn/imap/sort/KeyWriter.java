package org.posthorn.imap.sort;

import java.util.Arrays;
import java.util.function.LongToIntFunction;
import org.posthorn.imap.collation.Collation;

/**
 * Writes sort keys one behind the other, so that comparing the octets of two messages compares
 * their keys in order: numbers with the highest octet first, texts with an end that is less than
 * any text.
 */
final class KeyWriter {
  private final LongToIntFunction scores;
  private byte[] octets = new byte[1024];
  private int length;

  /**
   * @param scores of messages by UID
   */
  KeyWriter(LongToIntFunction scores) {
    this.scores = scores;
  }

  /** How relevant a message is. */
  int score(long uid) {
    return scores.applyAsInt(uid);
  }

  int length() {
    return length;
  }

  /** All that was written. */
  byte[] toByteArray() {
    return Arrays.copyOf(octets, length);
  }

  void number(long number) {
    reserve(Long.BYTES);
    long unsigned = number ^ Long.MIN_VALUE;
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      octets[length++] = (byte) (unsigned >>> shift);
    }
  }

  void text(Collation collation, String text) {
    byte[] key = collation.key(text);
    reserve(2 * key.length + 1);
    for (byte octet : key) {
      // 0 is the end of a text; 0 and 1 in it become two octets that keep their order.
      if (octet == 0 || octet == 1) {
        octets[length++] = 1;
        octets[length++] = (byte) (octet + 1);
      } else {
        octets[length++] = octet;
      }
    }
    octets[length++] = 0;
  }

  /** Turns round the order of what was written from there on: REVERSE. */
  void reverse(int from) {
    for (int i = from; i < length; i++) {
      octets[i] = (byte) ~octets[i];
    }
  }

  private void reserve(int more) {
    if (octets.length - length < more) {
      octets = Arrays.copyOf(octets, Math.max(length + more, 2 * octets.length));
    }
  }
}
