package org.posthorn.pop3;

/** A command that cannot be done; the message is shown to the client. */
public class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message, null, false, false);
  }
}
