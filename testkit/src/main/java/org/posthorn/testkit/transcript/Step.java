package org.posthorn.testkit.transcript;

/** One line of a transcript that does something, with its place in the file. */
sealed interface Step {
  int line();

  /** The client sends. */
  record Send(int line, int session, Template text) implements Step {}

  /** The client does something else than send. */
  record Act(int line, int session, Action action) implements Step {}

  /** The server answers with this line. */
  record Expect(int line, int session, Template text, boolean anyOrder) implements Step {}

  /** The server answers with any lines, or none, up to the one that is expected next. */
  record Skip(int line, int session) implements Step {}

  /** Nothing of what the server says to the commands before it is such a line. */
  record Forbid(int line, int session, Template text) implements Step {}

  /** The server closes without another word. */
  record Closed(int line, int session) implements Step {}

  /** The server has said nothing more so far. */
  record Silence(int line, int session) implements Step {}

  record Directive(int line, String name, String argument) implements Step {}

  enum Action {
    TLS,
    EOF,
    CLOSE
  }
}
