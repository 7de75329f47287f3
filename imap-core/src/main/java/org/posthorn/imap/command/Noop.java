package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;

/**
 * RFC 9051 section 6.1.2: does nothing but look for changes, even when no hint came, unless the
 * store hints at all of them.
 */
public final class Noop implements Command {
  @Override
  public String name() {
    return "NOOP";
  }

  @Override
  public Set<State> states() {
    return State.ANY;
  }

  @Override
  public Request parse(CommandReader in, Session session) {
    return Noop::execute;
  }

  private static void execute(Session session) {
    session.lookForChanges();
    session.ok("NOOP completed");
  }
}
