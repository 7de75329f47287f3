package org.posthorn.pop3;

/**
 * How long messages may stay on the server (RFC 2449 section 6.7). What is past its time goes when
 * its owner says QUIT.
 *
 * @param days after which a message is removed; 0 for what was retrieved at once; negative for
 *     never
 */
public record Expiry(int days) {
  /** Messages stay until they are deleted. */
  public static final Expiry NEVER = new Expiry(-1);

  /** Messages go this many days after they came. */
  public static Expiry afterDays(int days) {
    if (days < 1) {
      throw new IllegalArgumentException("days " + days);
    }
    return new Expiry(days);
  }

  /** Clients may leave nothing: what was retrieved whole is removed. */
  public static Expiry atOnce() {
    return new Expiry(0);
  }

  boolean isAtOnce() {
    return days == 0;
  }

  /** As in the answer to CAPA. */
  String announcement() {
    return "EXPIRE " + (days < 0 ? "NEVER" : String.valueOf(days));
  }
}
