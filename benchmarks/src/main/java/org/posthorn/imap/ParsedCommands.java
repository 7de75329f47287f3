package org.posthorn.imap;

import java.nio.ByteBuffer;
import org.posthorn.imap.wire.ImapFramer;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/**
 * Octets to command record, as a connection does it but for the executing: for the benchmarks, in
 * this package because a session is not made elsewhere.
 */
public final class ParsedCommands {
  private static final String USER = "fred";

  private final Session session;
  private final ImapFramer framer;

  private ParsedCommands(Session session) {
    this.session = session;
    ImapLimits limits = session.service().limits();
    framer = new ImapFramer(limits.command(), limits.skipped());
  }

  /** In a session that has just begun. */
  public static ParsedCommands beforeLogin() {
    return after();
  }

  /** In a session that has selected INBOX. */
  public static ParsedCommands inMailbox() {
    return after("a LOGIN fred secret\r\n", "b SELECT INBOX\r\n");
  }

  private static ParsedCommands after(String... commands) {
    SessionCommand command = new SessionCommand();
    ImapService service =
        ImapService.builder()
            .store(MemoryStore.withAccounts(USER))
            .authenticator(new MemoryAuthenticator().user(USER, "secret"))
            .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
            .extension(Extension.of("X-SESSION", command))
            .build();
    EngineHarness harness = new EngineStage().open(service);
    for (String line : commands) {
      harness.send(line);
    }
    harness.send("c X-SESSION\r\n");
    return new ParsedCommands(command.session());
  }

  /**
   * Reads one command and gives its record; an APPEND's literal is passed over in slices and the
   * record is who would have taken it.
   */
  public Object parse(ByteBuffer in) throws SyntaxException, Refused {
    Object record =
        switch (framer.feed(in)) {
          case COMMAND -> request();
          case LITERAL -> receiver(in);
          default -> throw new IllegalStateException("not a whole command");
        };
    framer.next();
    framer.trim();
    return record;
  }

  private Request request() throws SyntaxException, Refused {
    CommandLine line = CommandLine.parse(framer.command(), session.service().registry(), session);
    Request request = command(line).parse(line.arguments(), session);
    line.arguments().expectEnd();
    return request;
  }

  private LiteralReceiver receiver(ByteBuffer in) throws SyntaxException, Refused {
    CommandLine line = CommandLine.parse(framer.command(), session.service().registry(), session);
    LiteralReceiver receiver =
        ((StreamingCommand) command(line)).receiver(line.arguments(), session);
    if (receiver == null) {
      throw new IllegalStateException("not a streamed literal");
    }
    framer.acceptStreamed();
    framer.streamable(in, Integer.MAX_VALUE);
    if (framer.feed(in) != ImapFramer.Found.COMMAND) {
      throw new IllegalStateException("the command does not end");
    }
    return receiver;
  }

  private Command command(CommandLine line) {
    Command command = line.command();
    if (command == null) {
      throw new IllegalStateException(line.complaint());
    }
    return command;
  }
}
