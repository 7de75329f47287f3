package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.wire.CommandReader;

/** RFC 8437: back to where the connection was before login; TLS stays. */
public final class Unauthenticate implements Command {
  @Override
  public String name() {
    return "UNAUTHENTICATE";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public SyncPoint syncPoint() {
    return SyncPoint.NONE;
  }

  @Override
  public Request parse(CommandReader in, Session session) {
    return Unauthenticate::execute;
  }

  private static void execute(Session session) {
    session.ok("UNAUTHENTICATE completed, log in again");
    session.unauthenticate();
  }
}
