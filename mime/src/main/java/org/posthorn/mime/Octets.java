package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable run of octets: a slice of an array that is shared, not copied. Comparison, equality
 * and hash follow the content; octets compare as unsigned. Safe for any number of threads.
 */
public final class Octets implements Comparable<Octets> {

  /** No octets. */
  public static final Octets EMPTY = new Octets(new byte[0], 0, 0);

  private final byte[] array;
  private final int from;
  private final int to;

  private Octets(byte[] array, int from, int to) {
    this.array = array;
    this.from = from;
    this.to = to;
  }

  /** The whole array, which is not copied and must not be changed afterwards. */
  public static Octets of(byte[] array) {
    return new Octets(array, 0, array.length);
  }

  /**
   * The octets from index {@code from} up to, not including, {@code to}. The array is not copied
   * and must not be changed afterwards.
   *
   * @throws IndexOutOfBoundsException if the range does not lie within the array
   */
  public static Octets of(byte[] array, int from, int to) {
    if (from < 0 || to < from || to > array.length) {
      throw outOfBounds(from, to, array.length);
    }
    return from == to ? EMPTY : new Octets(array, from, to);
  }

  /** A copy of what remains in the buffer, whose position is moved to its limit. */
  public static Octets copyOf(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    return of(copy);
  }

  /**
   * The characters as one octet each.
   *
   * @throws IllegalArgumentException if a character is not ASCII
   */
  public static Octets ascii(String text) {
    byte[] octets = new byte[text.length()];
    for (int i = 0; i < octets.length; i++) {
      char c = text.charAt(i);
      if (c > 127) {
        throw new IllegalArgumentException("not ASCII: U+" + Integer.toHexString(c));
      }
      octets[i] = (byte) c;
    }
    return of(octets);
  }

  /** The text in UTF-8. */
  public static Octets utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The number of octets. */
  public int length() {
    return to - from;
  }

  /** Whether there are no octets. */
  public boolean isEmpty() {
    return to == from;
  }

  /**
   * The octet at the index, 0 to 255.
   *
   * @throws IndexOutOfBoundsException if the index is negative or not below {@link #length()}
   */
  public int at(int index) {
    if (index < 0 || index >= to - from) {
      throw outOfBounds(index, index + 1, length());
    }
    return array[from + index] & 0xff;
  }

  /**
   * The octets from index {@code start} up to, not including, {@code end}; they share this run's
   * array.
   *
   * @throws IndexOutOfBoundsException if the range does not lie within this run
   */
  public Octets slice(int start, int end) {
    if (start < 0 || end < start || end > length()) {
      throw outOfBounds(start, end, length());
    }
    if (start == 0 && end == length()) {
      return this;
    }
    return start == end ? EMPTY : new Octets(array, from + start, from + end);
  }

  /** The octets from index {@code start} to the end. */
  public Octets slice(int start) {
    return slice(start, length());
  }

  /** The index of the first such octet, or -1. */
  public int indexOf(byte octet) {
    return indexOf(octet, 0);
  }

  /** The index of the first such octet at or after {@code start}, or -1. */
  public int indexOf(byte octet, int start) {
    for (int i = from + start; i < to; i++) {
      if (array[i] == octet) {
        return i - from;
      }
    }
    return -1;
  }

  /** Whether both are the same but for the case of ASCII letters. */
  public boolean equalsIgnoreCase(Octets other) {
    return length() == other.length() && startsWithIgnoreCase(other);
  }

  /** Whether these are the ASCII characters of the text but for the case of ASCII letters. */
  public boolean equalsIgnoreCase(String ascii) {
    return length() == ascii.length() && startsWithIgnoreCase(ascii);
  }

  /** Whether these octets begin with the others but for the case of ASCII letters. */
  public boolean startsWithIgnoreCase(Octets prefix) {
    int length = prefix.length();
    if (length > length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(array[from + i]) != lower(prefix.array[prefix.from + i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether these octets begin with the ASCII characters of the text but for the case of ASCII
   * letters.
   */
  public boolean startsWithIgnoreCase(String prefix) {
    int length = prefix.length();
    if (length > length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = prefix.charAt(i);
      if (c > 127 || lower(array[from + i]) != lower((byte) c)) {
        return false;
      }
    }
    return true;
  }

  /** The same octets with the ASCII letters in lower case. */
  public Octets toLowerCase() {
    for (int i = from; i < to; i++) {
      if (lower(array[i]) != array[i]) {
        byte[] copy = toByteArray();
        for (int j = 0; j < copy.length; j++) {
          copy[j] = (byte) lower(copy[j]);
        }
        return of(copy);
      }
    }
    return this;
  }

  /**
   * Puts the octets into the buffer.
   *
   * @throws java.nio.BufferOverflowException if they do not fit
   */
  public void copyTo(ByteBuffer target) {
    target.put(array, from, to - from);
  }

  /**
   * Copies the octets into the array from index {@code at} on.
   *
   * @throws IndexOutOfBoundsException if they do not fit
   */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(array, from, target, at, to - from);
  }

  /** A new read-only buffer over the octets. */
  public ByteBuffer asBuffer() {
    return ByteBuffer.wrap(array, from, to - from).slice().asReadOnlyBuffer();
  }

  /** A new array with the octets. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, from, to);
  }

  /** The octets as ASCII; each that is none becomes U+FFFD. */
  public String asAscii() {
    return asString(StandardCharsets.US_ASCII);
  }

  /** The octets read as UTF-8; malformed sequences become U+FFFD. */
  public String asUtf8() {
    return asString(StandardCharsets.UTF_8);
  }

  /** The octets read in that charset; what is malformed becomes the charset's replacement. */
  public String asString(Charset charset) {
    return new String(array, from, to - from, charset);
  }

  @Override
  public int compareTo(Octets other) {
    return Arrays.compareUnsigned(array, from, to, other.array, other.from, other.to);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Octets that
        && Arrays.equals(array, from, to, that.array, that.from, that.to);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** The octets as ISO-8859-1, for messages to people; use {@link #asString} to read them. */
  @Override
  public String toString() {
    return asString(StandardCharsets.ISO_8859_1);
  }

  /** Whether these are exactly the octets of that range. */
  boolean matches(byte[] other, int start, int end) {
    return Arrays.equals(array, from, to, other, start, end);
  }

  /** Both with a character between them. */
  static Octets join(Octets first, char between, Octets second) {
    byte[] joined = new byte[first.length() + 1 + second.length()];
    first.copyTo(joined, 0);
    joined[first.length()] = (byte) between;
    second.copyTo(joined, first.length() + 1);
    return of(joined);
  }

  /** The array behind this run, for codecs of this package that loop over it. */
  byte[] array() {
    return array;
  }

  /** Where this run begins in its {@link #array()}. */
  int from() {
    return from;
  }

  /** Where this run ends in its {@link #array()}. */
  int to() {
    return to;
  }

  private static int lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
  }

  private static IndexOutOfBoundsException outOfBounds(int from, int to, int length) {
    return new IndexOutOfBoundsException("range " + from + " to " + to + " of " + length);
  }
}
