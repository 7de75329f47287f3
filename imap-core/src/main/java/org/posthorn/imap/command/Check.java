package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;

/** RFC 3501 section 6.4.1: stores need no checkpoint, so it looks for changes as NOOP does. */
public final class Check implements Command {
  @Override
  public String name() {
    return "CHECK";
  }

  @Override
  public Set<State> states() {
    return State.IN_MAILBOX;
  }

  @Override
  public Request parse(CommandReader in, Session session) {
    return Check::execute;
  }

  private static void execute(Session session) {
    session.lookForChanges();
    session.ok("CHECK completed");
  }
}
