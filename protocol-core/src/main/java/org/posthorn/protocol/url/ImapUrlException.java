package org.posthorn.protocol.url;

/** A URL cannot be used: its syntax, what it names, or its authorization. For people in English. */
public final class ImapUrlException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line of ASCII that gives no secret away
   */
  public ImapUrlException(String message) {
    super(message, null, false, false);
  }
}
