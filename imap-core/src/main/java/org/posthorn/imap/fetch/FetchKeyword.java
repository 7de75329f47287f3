package org.posthorn.imap.fetch;

import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** What follows the name of a FETCH item; an extension registers one for each of its items. */
@FunctionalInterface
public interface FetchKeyword {

  /**
   * Reads the item's arguments, which begin right after its name. What is made of some octets may
   * be used for other commands with the same octets, whoever gives them.
   */
  FetchItem parse(CommandReader in) throws SyntaxException;
}
