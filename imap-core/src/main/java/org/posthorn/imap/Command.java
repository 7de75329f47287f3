package org.posthorn.imap;

import java.util.Set;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** A command of the protocol: its name and its grammar. Stateless, thread-safe. */
public interface Command {
  /** In upper case; the commands behind {@code UID} with that word, as in {@code UID FETCH}. */
  String name();

  /** The states in which it may be given. */
  Set<State> states();

  /**
   * Reads the arguments, from the octet behind the name to the end of the command.
   *
   * @param session for grammar that depends on what is enabled or selected; not to be changed
   */
  Request parse(CommandReader in, Session session) throws SyntaxException, Refused;

  /** Whether a literal8 (RFC 3516) may be among the arguments that are held with the command. */
  default boolean takesLiteral8() {
    return false;
  }

  /** What other sessions' changes may be told at the end of this command. */
  default SyncPoint syncPoint() {
    return SyncPoint.ALL;
  }
}
