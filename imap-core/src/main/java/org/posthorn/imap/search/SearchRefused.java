package org.posthorn.imap.search;

import org.posthorn.imap.Refused;
import org.posthorn.imap.ResponseCode;

/** A search that is well formed but not done: the answer is NO. */
public final class SearchRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private static final ResponseCode BADCHARSET =
      out -> {
        out.words("BADCHARSET (");
        out.words(String.join(" ", SearchCharset.LISTED)).close();
      };

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

  /** The answer to it. */
  public Refused refused() {
    ResponseCode code =
        switch (reason) {
          case BAD_CHARSET -> BADCHARSET;
          case LIMIT -> ResponseCode.LIMIT;
        };
    return new Refused(code, String.valueOf(getMessage()));
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
