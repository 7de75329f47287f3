package org.posthorn.imap;

import java.util.List;

/** An extension that is nothing but its name and its commands. */
record Extension(String name, Announced announced, List<Command> commands)
    implements ImapExtension {

  /** Announced in every state. */
  static Extension of(String name, Command... commands) {
    return new Extension(name, Announced.ALWAYS, List.of(commands));
  }

  /** Announced under a condition. */
  static Extension when(Announced announced, String name, Command... commands) {
    return new Extension(name, announced, List.of(commands));
  }

  @Override
  public List<String> capabilities(Session session) {
    return announced.to(session) ? List.of(name) : List.of();
  }
}
