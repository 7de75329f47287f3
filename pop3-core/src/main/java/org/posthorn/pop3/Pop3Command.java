package org.posthorn.pop3;

/** One command. Stateless, thread-safe. */
public interface Pop3Command {
  /** In upper case. */
  String name();

  /** Whether it is taken in this state. */
  boolean allowed(Pop3State state);

  /** Does it: ends, at once or after calls, with exactly one reply of the session. */
  void run(Pop3Session session, Arguments arguments) throws RefusedException;
}
