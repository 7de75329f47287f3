package org.posthorn.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The flags of a message: an immutable value that many messages share. System flags are bits;
 * keywords are sorted and compared without regard to ASCII case, while the case in which they came
 * is kept.
 */
public final class Flags {
  /** Octets that a keyword may have. */
  public static final int MAX_KEYWORD_OCTETS = 255;

  private static final String[] NO_KEYWORDS = {};
  private static final int ALL_SYSTEM_BITS = (1 << SystemFlag.values().length) - 1;
  private static final Flags[] SYSTEM_ONLY = new Flags[ALL_SYSTEM_BITS + 1];

  static {
    for (int bits = 0; bits <= ALL_SYSTEM_BITS; bits++) {
      SYSTEM_ONLY[bits] = new Flags(bits, NO_KEYWORDS);
    }
  }

  /** No flag at all. */
  public static final Flags NONE = SYSTEM_ONLY[0];

  private final int systemBits;
  private final String[] keywords;
  private final byte[] imap;
  private final int hash;

  private Flags(int systemBits, String[] sortedKeywords) {
    this.systemBits = systemBits;
    this.keywords = sortedKeywords;
    this.imap = encode(systemBits, sortedKeywords);
    int h = systemBits;
    for (String keyword : sortedKeywords) {
      h = 31 * h + Keywords.hash(keyword);
    }
    this.hash = h;
  }

  public static Flags of(SystemFlag... flags) {
    int bits = 0;
    for (SystemFlag flag : flags) {
      bits |= flag.bit();
    }
    return SYSTEM_ONLY[bits];
  }

  /**
   * System flags and keywords.
   *
   * @throws IllegalArgumentException when a keyword is not an IMAP atom of at most {@link
   *     #MAX_KEYWORD_OCTETS}
   */
  public static Flags of(Set<SystemFlag> flags, Collection<String> keywords) {
    int bits = 0;
    for (SystemFlag flag : flags) {
      bits |= flag.bit();
    }
    return ofBits(bits, keywords);
  }

  /**
   * Flags from what {@link #systemBits()} gave.
   *
   * @throws IllegalArgumentException when a bit is no system flag's or a keyword is not an IMAP
   *     atom of at most {@link #MAX_KEYWORD_OCTETS}
   */
  public static Flags ofBits(int systemBits, Collection<String> keywords) {
    if ((systemBits & ~ALL_SYSTEM_BITS) != 0) {
      throw new IllegalArgumentException("not system flags: " + systemBits);
    }
    return keywords.isEmpty()
        ? SYSTEM_ONLY[systemBits]
        : make(systemBits, Keywords.sorted(keywords));
  }

  /**
   * Whether a keyword may be stored: an IMAP atom (RFC 9051 section 9) of at most {@link
   * #MAX_KEYWORD_OCTETS}.
   */
  public static boolean isKeyword(String candidate) {
    return Keywords.isValid(candidate);
  }

  private static Flags make(int systemBits, String[] sortedKeywords) {
    return sortedKeywords.length == 0
        ? SYSTEM_ONLY[systemBits]
        : new Flags(systemBits, sortedKeywords);
  }

  public boolean isEmpty() {
    return systemBits == 0 && keywords.length == 0;
  }

  public boolean has(SystemFlag flag) {
    return (systemBits & flag.bit()) != 0;
  }

  /** Without regard to ASCII case. */
  public boolean hasKeyword(String keyword) {
    return Arrays.binarySearch(keywords, keyword, Keywords.ORDER) >= 0;
  }

  /** The {@link SystemFlag#bit()}s that are set. */
  public int systemBits() {
    return systemBits;
  }

  /** Sorted without regard to ASCII case. */
  public List<String> keywords() {
    return List.of(keywords);
  }

  /** Both together; a keyword that both have keeps the case that it has here. */
  public Flags plus(Flags other) {
    int bits = systemBits | other.systemBits;
    String[] both = Keywords.union(keywords, other.keywords);
    return bits == systemBits && both == keywords ? this : make(bits, both);
  }

  public Flags minus(Flags other) {
    int bits = systemBits & ~other.systemBits;
    String[] rest = Keywords.difference(keywords, other.keywords);
    return bits == systemBits && rest == keywords ? this : make(bits, rest);
  }

  /**
   * These flags and one keyword more.
   *
   * @throws IllegalArgumentException when it is not an IMAP atom of at most {@link
   *     #MAX_KEYWORD_OCTETS}
   */
  public Flags withKeyword(String keyword) {
    return plus(ofBits(0, List.of(keyword)));
  }

  /**
   * As IMAP writes them, without parentheses: {@code \Seen $Junk}. The array is shared and must not
   * be changed.
   */
  public byte[] imap() {
    return imap;
  }

  private static byte[] encode(int systemBits, String[] keywords) {
    StringJoiner words = new StringJoiner(" ");
    for (SystemFlag flag : SystemFlag.values()) {
      if ((systemBits & flag.bit()) != 0) {
        words.add(flag.imapName());
      }
    }
    for (String keyword : keywords) {
      words.add(keyword);
    }
    return words.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean equals(Object o) {
    return this == o
        || (o instanceof Flags other
            && hash == other.hash
            && systemBits == other.systemBits
            && Arrays.equals(keywords, other.keywords, Keywords.ORDER));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** As IMAP writes them, in parentheses. */
  @Override
  public String toString() {
    return "(" + new String(imap, StandardCharsets.US_ASCII) + ")";
  }
}
