package org.posthorn.imap.list;

import org.posthorn.imap.Refused;
import org.posthorn.imap.Session;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** A return option of LIST; an extension registers one for each of its options. */
@FunctionalInterface
public interface ListKeyword {

  /** Reads the option's arguments, which begin right after its name, and notes what it asks for. */
  void parse(CommandReader in, Session session, ListOptions options)
      throws SyntaxException, Refused;

  /** An option without arguments that asks for attributes. */
  static ListKeyword attributes(ListReturn attributes) {
    return (in, session, options) -> options.tell(attributes);
  }
}
