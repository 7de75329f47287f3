package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;

/** RFC 3691, RFC 9051 section 6.4.2: as CLOSE, but nothing is removed. */
public final class Unselect implements Command {
  @Override
  public String name() {
    return "UNSELECT";
  }

  @Override
  public Set<State> states() {
    return State.IN_MAILBOX;
  }

  @Override
  public Request parse(CommandReader in, Session session) {
    return Unselect::execute;
  }

  private static void execute(Session session) {
    session.unselect();
    session.ok("UNSELECT completed");
  }
}
