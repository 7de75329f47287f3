package org.posthorn.pop3;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.LineFramer;
import org.posthorn.protocol.sasl.SaslDialogue;

/** Cuts input into lines and has the commands in them run, one after the other. */
final class CommandInput {
  private static final int CRLF = 2;
  private static final byte[] AUTH = {'A', 'U', 'T', 'H', ' '};

  private final Pop3Session session;
  private final Pop3Limits limits;
  private final Registry registry;
  private final LineFramer framer;
  private @Nullable Reader reader;
  private int badInARow;

  /** Who gets the next line instead of a command. */
  private record Reader(Consumer<ByteBuffer> line, Runnable tooLong) {}

  CommandInput(Pop3Session session, Pop3Service service) {
    this.session = session;
    this.limits = service.limits();
    this.registry = service.registry();
    this.framer = new LineFramer(longest());
  }

  private int longest() {
    return Math.max(limits.lineOctets(), SaslDialogue.MAX_LINE + CRLF);
  }

  /** Consumes input as far as the session goes on without waiting. */
  void take(ByteBuffer in) {
    while (in.hasRemaining() && session.flow().quiet()) {
      switch (framer.next(in)) {
        case LINE -> line(framer.line());
        case TOO_LONG -> tooLong();
        case NOTHING -> {}
      }
      session.flow().runSteps();
      if (in.hasRemaining() && session.flow().quiet()) {
        session.whenWritable(() -> {});
        session.flow().runSteps();
      }
    }
  }

  void readLine(Consumer<ByteBuffer> line, Runnable tooLong, int limit) {
    reader = new Reader(line, tooLong);
    framer.limit(Math.max(limit, longest()));
  }

  private @Nullable Reader takeReader() {
    Reader taken = reader;
    reader = null;
    framer.limit(longest());
    return taken;
  }

  private void line(ByteBuffer line) {
    Reader waiting = takeReader();
    if (waiting != null) {
      waiting.line().accept(line);
      return;
    }
    if (line.remaining() + CRLF > limits.lineOctets() && !isAuth(line)) {
      session.bad("Line too long");
      return;
    }
    try {
      command(Arguments.parse(line));
    } catch (RefusedException e) {
      session.refuse(e);
    }
  }

  /**
   * Clients put tokens of a thousand octets and more behind AUTH, whatever RFC 5034 section 4 says
   * about the length of commands.
   */
  private static boolean isAuth(ByteBuffer line) {
    if (line.remaining() < AUTH.length) {
      return false;
    }
    for (int i = 0; i < AUTH.length; i++) {
      byte b = line.get(line.position() + i);
      if ((b >= 'a' && b <= 'z' ? b - 'a' + 'A' : b) != AUTH[i]) {
        return false;
      }
    }
    return true;
  }

  private void command(Arguments arguments) throws RefusedException {
    Pop3Command command = registry.command(arguments.word("a command"));
    if (command == null) {
      throw new SyntaxException("Unknown command");
    }
    if (!command.allowed(session.state())) {
      throw new SyntaxException("Not in this state");
    }
    command.run(session, arguments);
  }

  private void tooLong() {
    Reader waiting = takeReader();
    if (waiting != null) {
      waiting.tooLong().run();
    } else {
      session.bad("Line too long");
    }
  }

  void understood() {
    badInARow = 0;
  }

  /** Whether it happened too often. */
  boolean misunderstood() {
    badInARow++;
    return badInARow >= limits.badCommands();
  }

  void reset() {
    takeReader();
    framer.reset();
  }
}
