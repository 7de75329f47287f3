package org.posthorn.imap.search;

/** A search that is well formed but not done: the answer is NO. */
public final class SearchRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** NO [BADCHARSET (…)] with {@link SearchCharset#LISTED} (RFC 9051 section 7.1). */
    BAD_CHARSET,
    /** NO [LIMIT] (RFC 5530): more than {@link SearchLimits} allow. */
    LIMIT
  }

  private final Reason reason;

  /**
   * @param message one line of ASCII for the client
   */
  SearchRefused(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
