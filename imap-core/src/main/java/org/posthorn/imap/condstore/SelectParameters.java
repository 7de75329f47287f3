package org.posthorn.imap.condstore;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Registry;
import org.posthorn.imap.Session;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/**
 * What SELECT and EXAMINE may be given behind the name (RFC 4466 section 2.1).
 *
 * @param condStore whether CONDSTORE was given
 * @param known what QRESYNC was given; null without it
 */
public record SelectParameters(boolean condStore, @Nullable KnownState known) {

  /** {@code [SP "(" select-param *(SP select-param) ")"]}. */
  public static SelectParameters parse(CommandReader in, Session session) throws SyntaxException {
    boolean condStore = false;
    KnownState known = null;
    if (!in.atEnd()) {
      Registry registry = session.service().registry();
      in.expectSpace();
      in.expect('(');
      do {
        if (registry.has(CondStore.NAME) && in.acceptName("CONDSTORE")) {
          condStore = true;
        } else if (known == null && Qresync.isEnabled(session) && in.acceptName("QRESYNC")) {
          in.expectSpace();
          known = KnownState.parse(in, session);
        } else {
          throw in.error("unknown parameter, or QRESYNC is not enabled");
        }
      } while (in.acceptSpace());
      in.expect(')');
    }
    return new SelectParameters(condStore, known);
  }
}
