package org.posthorn.imap;

import java.util.List;
import java.util.function.Predicate;

/** An extension that is nothing but its name and its commands. */
record Extension(String name, Predicate<Session> announced, List<Command> commands)
    implements ImapExtension {

  /** Announced in every state. */
  static Extension of(String name, Command... commands) {
    return new Extension(name, session -> true, List.of(commands));
  }

  /** Announced under a condition. */
  static Extension when(Predicate<Session> announced, String name, Command... commands) {
    return new Extension(name, announced, List.of(commands));
  }

  @Override
  public List<String> capabilities(Session session) {
    return announced.test(session) ? List.of(name) : List.of();
  }
}
