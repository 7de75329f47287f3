package org.posthorn.imap.list;

/**
 * What one LIST may ask for.
 *
 * @param patterns mailbox patterns in parentheses (RFC 5258), 1 or more; each is compared with
 *     every name
 */
public record ListLimits(int patterns) {

  /** More than any client known asks for. */
  public static final ListLimits DEFAULTS = new ListLimits(100);

  /** Checks the range. */
  public ListLimits {
    if (patterns < 1) {
      throw new IllegalArgumentException("list limits out of range");
    }
  }
}
