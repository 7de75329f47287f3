package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.wire.CommandReader;

/** RFC 9051 section 6.1.3. */
public final class Logout implements Command {
  @Override
  public String name() {
    return "LOGOUT";
  }

  @Override
  public Set<State> states() {
    return State.ANY;
  }

  @Override
  public SyncPoint syncPoint() {
    return SyncPoint.NONE;
  }

  @Override
  public Request parse(CommandReader in, Session session) {
    return Logout::execute;
  }

  private static void execute(Session session) {
    session.out().untagged().words("BYE Logging out").crlf();
    session.ok("LOGOUT completed");
    session.close("logout");
  }
}
