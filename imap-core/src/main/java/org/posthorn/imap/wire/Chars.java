package org.posthorn.imap.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Character classes of the formal syntax (RFC 9051 section 9) as a table over octets. */
public final class Chars {
  private static final int ATOM = 1;
  private static final int ASTRING = 2;
  private static final int TAG = 4;
  private static final int LIST = 8;
  private static final int QUOTED = 16;
  private static final int NAME = 32;
  private static final int PLAIN = 64;

  private static final byte[] CLASSES = new byte[256];

  static {
    for (int c = 0x20; c < 0x7f; c++) {
      boolean atom = "(){ %*\"\\]".indexOf(c) < 0;
      boolean astring = atom || c == ']';
      int classes = atom ? ATOM : 0;
      classes |= astring ? ASTRING : 0;
      classes |= astring && c != '+' ? TAG : 0;
      classes |= astring || c == '%' || c == '*' ? LIST : 0;
      classes |= isLetter(c) || isDigit(c) || c == '.' || c == '-' ? NAME : 0;
      CLASSES[c] = (byte) classes;
    }
    for (int c = 1; c < 256; c++) {
      if (c != '\r' && c != '\n' && c != '"' && c != '\\') {
        CLASSES[c] |= QUOTED;
        if (c < 128) {
          CLASSES[c] |= PLAIN;
        }
      }
    }
  }

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long ONES = 0x0101_0101_0101_0101L;

  private Chars() {}

  /** ATOM-CHAR. */
  public static boolean isAtom(int octet) {
    return (CLASSES[octet & 0xff] & ATOM) != 0;
  }

  /** ASTRING-CHAR. */
  public static boolean isAstring(int octet) {
    return (CLASSES[octet & 0xff] & ASTRING) != 0;
  }

  /** A character of a tag. */
  public static boolean isTag(int octet) {
    return (CLASSES[octet & 0xff] & TAG) != 0;
  }

  /** list-char. */
  public static boolean isList(int octet) {
    return (CLASSES[octet & 0xff] & LIST) != 0;
  }

  /**
   * What may stand in a quoted string without a backslash. Octets above 127 are let in everywhere,
   * since clients send them; whoever uses the string decides what they mean.
   */
  public static boolean isQuoted(int octet) {
    return (CLASSES[octet & 0xff] & QUOTED) != 0;
  }

  /** QUOTED-CHAR without a backslash, as strict as RFC 3501 has it: 7 bits, no NUL, no line end. */
  public static boolean isPlain(int octet) {
    return (CLASSES[octet & 0xff] & PLAIN) != 0;
  }

  /** Whether all octets from index {@code from} to {@code to} {@linkplain #isPlain are plain}. */
  static boolean arePlain(byte[] octets, int from, int to) {
    int i = behindPlain(octets, from, to);
    while (i < to && isPlain(octets[i])) {
      i++;
    }
    return i == to;
  }

  /** Passes over plain octets, eight at a time; those that are left are to be looked at. */
  static int behindPlain(byte[] octets, int from, int to) {
    for (int i = from; i < to; i += Long.BYTES) {
      long unusual = unusual(Eight.at(octets, i, to));
      if (unusual != 0) {
        return i + Long.numberOfTrailingZeros(unusual) / Byte.SIZE;
      }
    }
    return to;
  }

  /** Copies octets and says whether all of them {@linkplain #isPlain are plain}. */
  static boolean copyPlain(byte[] octets, int from, byte[] target, int at, int length) {
    if (length < Long.BYTES) {
      return copyFew(octets, from, target, at, length);
    }
    long unusual = 0;
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      long eight = (long) LONGS.get(octets, from + i);
      LONGS.set(target, at + i, eight);
      unusual |= unusual(eight);
    }
    long eight = (long) LONGS.get(octets, from + last);
    LONGS.set(target, at + last, eight);
    unusual |= unusual(eight);
    return unusual == 0 || arePlain(octets, from, from + length);
  }

  /** Up to seven octets: where eight can be read and written the others come along. */
  private static boolean copyFew(byte[] octets, int from, byte[] target, int at, int length) {
    if (from + Long.BYTES > octets.length || at + Long.BYTES > target.length) {
      System.arraycopy(octets, from, target, at, length);
      return arePlain(octets, from, from + length);
    }
    long eight = (long) LONGS.get(octets, from);
    LONGS.set(target, at, eight);
    // The others are counted as spaces.
    long others = -1L << (length * Byte.SIZE);
    return unusual((eight & ~others) | (0x20 * ONES & others)) == 0
        || arePlain(octets, from, from + length);
  }

  /**
   * Not 0 if one of eight octets is a control character, a quote, a backslash or not ASCII: all
   * that is not plain, and control characters that are. The lowest bit set is in the first such
   * octet; higher bits may be wrong.
   */
  private static long unusual(long eight) {
    long controls = eight - 0x20 * ONES;
    long quotes = (eight ^ '"' * ONES) - ONES;
    long backslashes = (eight ^ '\\' * ONES) - ONES;
    return (((controls | quotes | backslashes) & ~eight) | eight) & HIGH_BITS;
  }

  /** A letter, digit, dot or hyphen: the names of commands, FETCH items and SEARCH keys. */
  public static boolean isName(int octet) {
    return (CLASSES[octet & 0xff] & NAME) != 0;
  }

  /** An ASCII digit. */
  public static boolean isDigit(int octet) {
    return octet >= '0' && octet <= '9';
  }

  /** An ASCII letter. */
  public static boolean isLetter(int octet) {
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
  }
}
