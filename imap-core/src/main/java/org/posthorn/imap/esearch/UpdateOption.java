package org.posthorn.imap.esearch;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Session;
import org.posthorn.imap.fetch.FetchParser;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/**
 * The result option UPDATE (RFC 5267 section 4.3, RFC 5465 section 7).
 *
 * @param ofNew what is told of new messages that come into the result
 */
public record UpdateOption(@Nullable FetchProgram ofNew) {

  /** {@code ["(" fetch-att *(SP fetch-att) ")"]}, with the space that the RFC's examples have. */
  static UpdateOption parse(CommandReader in, Session session) throws SyntaxException {
    int start = in.position();
    if (session.service().registry().has("NOTIFY")) {
      in.acceptSpace();
      if (in.peek() == '(') {
        return new UpdateOption(FetchParser.parse(in, session.service().registry().fetchItems()));
      }
    }
    in.rewind(start);
    return new UpdateOption(null);
  }

  /** Whether the tag of the command under way belongs to other updates, which is answered BAD. */
  public static boolean refused(Session session, ResultOptions options) {
    if (options.update() != null && session.selected().contexts().isUsed(session.tag())) {
      session.bad("Tag reuse");
      return true;
    }
    return false;
  }
}
