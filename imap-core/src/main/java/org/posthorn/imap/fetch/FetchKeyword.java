package org.posthorn.imap.fetch;

import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** What follows the name of a FETCH item; an extension registers one for each of its items. */
@FunctionalInterface
public interface FetchKeyword {

  /** Reads the item's arguments, which begin right after its name. */
  FetchItem parse(CommandReader in) throws SyntaxException;
}
