package org.posthorn.store;

/**
 * A set of access rights (RFC 4314 section 2.1). Immutable. The obsolete rights are read and
 * written: {@code c} stands for {@code k} and {@code x}, {@code d} for {@code e} and {@code t}.
 */
public final class Rights {
  /** The rights of a server with these rights, as the capability RIGHTS= names them. */
  public static final String CAPABILITY = "kxte";

  private static final String LETTERS = "lrswipkxtea";
  private static final String CREATE = "kx";
  private static final String DELETE = "te";

  public static final Rights NONE = new Rights(0);
  public static final Rights ALL = new Rights((1 << LETTERS.length()) - 1);

  /** One right. */
  public enum Right {
    LOOKUP,
    READ,
    /** Keep \Seen. */
    SEEN,
    /** Keep flags other than \Seen and \Deleted. */
    WRITE,
    INSERT,
    /** Send mail to the mailbox's own address. */
    POST,
    /** Create inferiors. */
    CREATE,
    DELETE_MAILBOX,
    /** Set \Deleted. */
    DELETE_MESSAGES,
    EXPUNGE,
    ADMINISTER;

    /** As RFC 4314 writes it. */
    public char letter() {
      return LETTERS.charAt(ordinal());
    }
  }

  private final int bits;

  private Rights(int bits) {
    this.bits = bits;
  }

  public static Rights of(Right... rights) {
    int bits = 0;
    for (Right right : rights) {
      bits |= 1 << right.ordinal();
    }
    return new Rights(bits);
  }

  /**
   * Reads letters in any order.
   *
   * @throws IllegalArgumentException at a letter that is no right here, which RFC 4314 section 3.1
   *     asks to be answered by BAD
   */
  public static Rights parse(String letters) {
    int bits = 0;
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      switch (letter) {
        case 'c' -> bits |= parse(CREATE).bits;
        case 'd' -> bits |= parse(DELETE).bits;
        default -> {
          int at = LETTERS.indexOf(letter);
          if (at < 0) {
            throw new IllegalArgumentException("no right is called " + letter);
          }
          bits |= 1 << at;
        }
      }
    }
    return new Rights(bits);
  }

  public boolean has(Right right) {
    return (bits & 1 << right.ordinal()) != 0;
  }

  public boolean hasAny(Rights some) {
    return (bits & some.bits) != 0;
  }

  public boolean isEmpty() {
    return bits == 0;
  }

  public Rights plus(Rights others) {
    return new Rights(bits | others.bits);
  }

  public Rights minus(Rights others) {
    return new Rights(bits & ~others.bits);
  }

  /** What of these flags somebody with these rights may set on a message (RFC 4314 section 4). */
  public Flags permitted(Flags flags) {
    if (equals(ALL)) {
      return flags;
    }
    Flags permitted = has(Right.WRITE) ? flags : Flags.NONE;
    permitted = permitted(permitted, flags, SystemFlag.SEEN, Right.SEEN);
    return permitted(permitted, flags, SystemFlag.DELETED, Right.DELETE_MESSAGES);
  }

  private Flags permitted(Flags permitted, Flags wanted, SystemFlag flag, Right right) {
    Flags one = Flags.of(flag);
    return has(right) && wanted.has(flag) ? permitted.plus(one) : permitted.minus(one);
  }

  /** The rights alone, without the obsolete ones. */
  public String letters() {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < LETTERS.length(); i++) {
      if ((bits & 1 << i) != 0) {
        letters.append(LETTERS.charAt(i));
      }
    }
    return letters.toString();
  }

  /** As a response shows them: with c and d where one of their members is there. */
  @Override
  public String toString() {
    String obsolete = (hasAny(parse(CREATE)) ? "c" : "") + (hasAny(parse(DELETE)) ? "d" : "");
    return letters() + obsolete;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rights rights && rights.bits == bits;
  }

  @Override
  public int hashCode() {
    return bits;
  }
}
