package org.posthorn.imap;

import org.jspecify.annotations.Nullable;

/** A command that is well formed but is not done, known before it is tried: the answer is NO. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable ResponseCode code;
  private final String text;

  /**
   * @param message one line for the client
   */
  public Refused(@Nullable ResponseCode code, String message) {
    super(null, null, false, false);
    this.code = code;
    this.text = message;
  }

  @Override
  public String getMessage() {
    return text;
  }

  /** What stands in brackets, if anything. */
  public @Nullable ResponseCode code() {
    return code;
  }
}
