package org.posthorn.imap.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;

/** RFC 5267 section 4.3.5. */
final class CancelUpdate implements Command {
  @Override
  public String name() {
    return "CANCELUPDATE";
  }

  @Override
  public Set<State> states() {
    return State.IN_MAILBOX;
  }

  /** {@code 1*(SP quoted)}; other strings do as well. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    List<Octets> tags = new ArrayList<>();
    do {
      in.expectSpace();
      tags.add(in.expectAstring());
    } while (!in.atEnd());
    return running -> cancel(running, tags);
  }

  private static void cancel(Session session, List<Octets> tags) {
    Contexts contexts = session.selected().contexts();
    for (Octets tag : tags) {
      if (!contexts.isUsed(tag)) {
        session.bad("No updates were asked for with such a tag");
        return;
      }
    }
    tags.forEach(contexts::cancel);
    session.ok("No further updates");
  }
}
