package org.posthorn.imap;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** A command that has a literal which is too large to be held: it takes it in slices. */
public interface StreamingCommand extends Command {
  /**
   * A literal was announced; the arguments before it have come.
   *
   * @param in behind the name; ends with the literal's header
   * @return who takes the literal in slices; null when it is an ordinary one, to be held with the
   *     command
   */
  @Nullable LiteralReceiver receiver(CommandReader in, Session session)
      throws SyntaxException, Refused;
}
