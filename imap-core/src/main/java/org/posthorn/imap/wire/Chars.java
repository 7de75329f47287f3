package org.posthorn.imap.wire;

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
