package org.posthorn.imap.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Octets;

/**
 * What short words became when they were read lately. Clients use a few dozen of them over and
 * over, written the same, and to compare two words of sixteen octets costs less than to make one
 * object. Each word has one place, which the last one takes. Thread-safe.
 */
final class Remembered<V> {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SLOT_BITS = 10;

  /** Longer words are not remembered. */
  private static final int MAX_LENGTH = 32;

  /** An odd number without a pattern, so that all bits of the word reach those that count. */
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

  private record Word<V>(long head, long tail, Octets octets, V value) {}

  private final Function<Octets, V> make;
  private final AtomicReferenceArray<@Nullable Word<V>> words =
      new AtomicReferenceArray<>(1 << SLOT_BITS);

  /**
   * Remembers nothing yet.
   *
   * @param make makes the value of a word; the same word gives an equal value
   */
  Remembered(Function<Octets, V> make) {
    this.make = make;
  }

  /** The value of the word that lies there. */
  V of(byte[] array, int from, int to) {
    int length = to - from;
    if (length > MAX_LENGTH) {
      return make.apply(Octets.of(array, from, to));
    }
    long head = head(array, from, length);
    long tail = length > Long.BYTES ? (long) LONGS.get(array, to - Long.BYTES) : length;
    int slot = (int) (((head ^ Long.rotateLeft(tail, 17)) * MIX) >>> (Long.SIZE - SLOT_BITS));
    Word<V> word = words.getPlain(slot);
    if (word == null || !is(word, head, tail, array, from, to)) {
      // A copy, or a short word would hold a whole command.
      Octets octets = Octets.of(Arrays.copyOfRange(array, from, to));
      word = new Word<>(head, tail, octets, make.apply(octets));
      words.set(slot, word);
    }
    return word.value;
  }

  /** A hash of any number of octets. */
  static int hash(byte[] array, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = Long.rotateLeft((hash ^ (long) LONGS.get(array, at)) * MIX, 29);
    }
    hash = (hash ^ head(array, at, to - at)) * MIX;
    return (int) (hash >>> Integer.SIZE);
  }

  /** The first octets, up to eight. */
  private static long head(byte[] array, int from, int length) {
    if (length >= Long.BYTES) {
      return (long) LONGS.get(array, from);
    }
    if (from + Long.BYTES <= array.length) {
      return (long) LONGS.get(array, from) & ~(-1L << (length * Byte.SIZE));
    }
    long head = 0;
    for (int i = 0; i < length; i++) {
      head |= (array[from + i] & 0xffL) << (i * Byte.SIZE);
    }
    return head;
  }

  private static boolean is(Word<?> word, long head, long tail, byte[] array, int from, int to) {
    int length = to - from;
    if (word.head != head || word.tail != tail || word.octets.length() != length) {
      return false;
    }
    return length <= 2 * Long.BYTES || word.octets.equals(Octets.of(array, from, to));
  }
}
