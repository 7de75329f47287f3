package org.posthorn.smtp;

/**
 * A command or address breaks the grammar. The message names what was expected, never what came.
 */
public final class SmtpSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  public SmtpSyntaxException(String message) {
    super(message);
  }
}
