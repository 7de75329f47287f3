package org.posthorn.imap.command;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Registry;
import org.posthorn.imap.Session;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.condstore.Qresync;
import org.posthorn.imap.esearch.PartialRange;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/**
 * Which of the messages a FETCH is to tell of (RFC 4466 section 2.4).
 *
 * @param changedSince RFC 7162 section 3.1.4.1
 * @param vanished RFC 7162 section 3.2.6
 * @param partial RFC 9394 section 3.3; null: all
 */
record FetchModifiers(OptionalLong changedSince, boolean vanished, @Nullable PartialRange partial) {
  private static final FetchModifiers NONE = new FetchModifiers(OptionalLong.empty(), false, null);

  /** {@code [SP "(" fetch-modifier *(SP fetch-modifier) ")"]}. */
  static FetchModifiers parse(CommandReader in, Session session, boolean byUid)
      throws SyntaxException {
    if (in.atEnd()) {
      return NONE;
    }
    OptionalLong changedSince = OptionalLong.empty();
    boolean vanished = false;
    PartialRange partial = null;
    Registry registry = session.service().registry();
    in.expectSpace();
    in.expect('(');
    do {
      if (registry.has(CondStore.NAME) && in.acceptName("CHANGEDSINCE")) {
        in.expectSpace();
        changedSince = OptionalLong.of(in.expectNumber64());
      } else if (byUid && Qresync.isEnabled(session) && in.acceptName("VANISHED")) {
        vanished = true;
      } else if (byUid && registry.has("PARTIAL") && in.acceptName("PARTIAL")) {
        in.expectSpace();
        partial = PartialRange.parse(in);
      } else {
        throw in.error("unknown FETCH modifier, or not possible now");
      }
    } while (in.acceptSpace());
    in.expect(')');
    if (vanished && changedSince.isEmpty()) {
      throw in.error("VANISHED needs CHANGEDSINCE");
    }
    return new FetchModifiers(changedSince, vanished, partial);
  }
}
