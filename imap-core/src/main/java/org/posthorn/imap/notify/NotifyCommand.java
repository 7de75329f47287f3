package org.posthorn.imap.notify;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.imap.fetch.ModSeqItem;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** NOTIFY (RFC 5465 section 3.1). */
final class NotifyCommand implements Command {
  @Override
  public String name() {
    return "NOTIFY";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    in.expectSpace();
    if (in.acceptName("NONE")) {
      return running -> {
        running.pushing().notifications().none();
        running.ok("Nothing will be told");
      };
    }
    if (!in.acceptName("SET")) {
      throw in.error("expected SET or NONE");
    }
    NotifySet wanted = new NotifyParser(in, session).parse();
    return running -> set(running, wanted);
  }

  private static void set(Session session, NotifySet wanted) {
    FetchProgram ofNew = wanted.selected().ofNew();
    if (ofNew != null && ofNew.list().contains(ModSeqItem.MODSEQ)) {
      CondStore.enable(session);
    }
    session
        .pushing()
        .notifications()
        .set(
            wanted,
            () -> {
              Selected selected = session.selectedOrNull();
              if (selected != null) {
                // What has gathered is told at once.
                selected.touch();
              }
              session.ok("NOTIFY completed");
            });
  }
}
