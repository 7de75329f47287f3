package org.posthorn.smtp;

/**
 * How many servers a message may have passed (RFC 5321 section 6.3): the end of every mail loop.
 */
public final class HopLimit {
  /** What RFC 5321 asks for at least. */
  public static final int STANDARD = 100;

  private HopLimit() {}

  /**
   * Whether a message goes no further.
   *
   * @param received fields of that name in its header
   * @param limit of them that are allowed
   */
  public static boolean exceeded(int received, int limit) {
    return received > limit;
  }

  /** What is said then. */
  public static Verdict refusal() {
    return new Verdict(554, "5.4.6", "Too many hops, this is a mail loop");
  }
}
