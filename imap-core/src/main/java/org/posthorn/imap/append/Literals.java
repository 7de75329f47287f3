package org.posthorn.imap.append;

import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** Which literals are held with the command. */
final class Literals {
  private Literals() {}

  /** Whether a space and a literal come next, where an argument belongs; it is not taken. */
  static boolean isArgument(CommandReader in) throws SyntaxException {
    int start = in.position();
    in.expectSpace();
    boolean literal = in.pendingLiteral() != null;
    in.rewind(start);
    return literal;
  }
}
