package org.posthorn.imap.wire;

/** The client's octets break the grammar. The message is the text of the BAD response. */
public final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String text;
  private final int position;

  /**
   * @param message one line of ASCII for the client
   * @param position index of the offending octet within the command
   */
  public SyntaxException(String message, int position) {
    super(null, null, false, false);
    this.text = message + " (at octet " + position + ")";
    this.position = position;
  }

  @Override
  public String getMessage() {
    return text;
  }

  /** Index of the offending octet within the command, 0 for its first. */
  public int position() {
    return position;
  }
}
