package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;

/** RFC 9051 section 6.2.1. Nothing that came in the clear behind it is ever read as a command. */
public final class StartTls implements Command {
  @Override
  public String name() {
    return "STARTTLS";
  }

  @Override
  public Set<State> states() {
    return State.BEFORE_LOGIN;
  }

  @Override
  public Request parse(CommandReader in, Session session) {
    return StartTls::execute;
  }

  private static void execute(Session session) {
    if (!session.canStartTls()) {
      session.bad("TLS is active already or not available");
      return;
    }
    session.ok("Begin TLS negotiation now");
    session.layers().startTls();
  }
}
