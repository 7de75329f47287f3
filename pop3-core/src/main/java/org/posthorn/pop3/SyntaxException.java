package org.posthorn.pop3;

/** A command that breaks the grammar: too many of them end the connection. */
public final class SyntaxException extends RefusedException {
  private static final long serialVersionUID = 1L;

  public SyntaxException(String message) {
    super(message);
  }
}
