package org.posthorn.imap;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.CommandReader;

/** A command that lets one hold the session which it was given in. */
final class SessionCommand implements Command {
  private @Nullable Session session;

  /** The session of the last one. */
  Session session() {
    if (session == null) {
      throw new IllegalStateException("the command has not been given");
    }
    return session;
  }

  @Override
  public String name() {
    return "X-SESSION";
  }

  @Override
  public Set<State> states() {
    return Set.of(State.values());
  }

  @Override
  public Request parse(CommandReader in, Session from) {
    session = from;
    return running -> running.ok("done");
  }
}
