package org.posthorn.imap;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.ImapFramer;
import org.posthorn.imap.wire.LiteralHeader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;

/** Turns what the framer finds into commands, lines and slices of literals, one at a time. */
final class Input {
  private final Session session;
  private final ImapService service;
  private final ImapFramer framer;
  private @Nullable LineHandler lineHandler;
  private @Nullable LiteralReceiver receiver;
  private int badCommands;

  Input(Session session, ImapService service) {
    this.session = session;
    this.service = service;
    ImapLimits limits = service.limits();
    this.framer = new ImapFramer(limits.commandBeforeLogin(), limits.skippedBeforeLogin());
  }

  /** Sizes grow when somebody has logged in. */
  void loggedIn() {
    framer.limits(service.limits().command(), service.limits().skipped());
  }

  /** Sizes shrink when the client is unknown again. */
  void loggedOut() {
    ImapLimits limits = service.limits();
    framer.limits(limits.commandBeforeLogin(), limits.skippedBeforeLogin());
  }

  /** Takes one thing out of the input. */
  void step(ByteBuffer in) {
    switch (framer.feed(in)) {
      case NOTHING -> {}
      case COMMAND -> command();
      case LITERAL -> literal(framer.literal());
      case OCTETS -> octets(in);
      case SKIPPED -> skipped();
      case FLOOD -> session.bye(ResponseCode.TOOBIG, "Too much to skip");
    }
    if (!framer.midCommand()) {
      framer.trim();
    }
  }

  /** Whether a command has come in part. */
  boolean midCommand() {
    return receiver != null || framer.midCommand();
  }

  /** The next line is for this handler. */
  void readLine(LineHandler handler) {
    lineHandler = handler;
    framer.literals(false);
  }

  /** Lets the announced literal come in slices. */
  void takeLiteral(LiteralHeader header) {
    if (header.synchronizing()) {
      session.out().continuation().words("Ready for literal data").crlf();
    }
    framer.acceptStreamed();
    LiteralReceiver taker = receiver;
    if (taker != null && framer.streamRemaining() == 0) {
      taker.octets(ByteBuffer.allocate(0), true, session);
    }
  }

  /** The command has its answer; what the client still sends of it must not become commands. */
  void commandEnded(Status status) {
    lineHandler = null;
    framer.literals(true);
    abandon();
    if (framer.midCommand() && framer.refuse()) {
      framer.next();
    }
    badCommands = status == Status.BAD ? badCommands + 1 : 0;
    if (badCommands > service.limits().badCommands()) {
      session.bye(ResponseCode.CLIENTBUG, "Too many bad commands");
    }
  }

  /** Nobody waits for the rest of a command any more. */
  void abandon() {
    LiteralReceiver left = receiver;
    receiver = null;
    lineHandler = null;
    if (left != null) {
      left.abandoned(session);
    }
  }

  private void command() {
    byte[] octets = framer.command();
    boolean bareLf = framer.bareLf();
    framer.next();
    LineHandler handler = lineHandler;
    LiteralReceiver taker = receiver;
    if (bareLf) {
      refuse(octets, null, "Lines end with CRLF");
    } else if (handler != null) {
      lineHandler = null;
      handler.line(Octets.of(octets));
    } else if (taker != null) {
      finishLiterals(taker, octets);
    } else {
      dispatch(octets);
    }
  }

  private void dispatch(byte[] octets) {
    CommandLine line = CommandLine.parse(octets, service.registry(), session);
    Command command = line.begin(session);
    if (command == null) {
      return;
    }
    Request request;
    try {
      request = command.parse(line.arguments(), session);
      line.arguments().expectEnd();
    } catch (SyntaxException e) {
      session.bad(e.getMessage());
      return;
    } catch (Refused e) {
      session.finish(Status.NO, e.code(), e.getMessage());
      return;
    }
    request.execute(session);
  }

  private void finishLiterals(LiteralReceiver taker, byte[] octets) {
    try {
      taker.end(CommandLine.rest(octets), session);
    } catch (SyntaxException e) {
      session.bad(e.getMessage());
    }
  }

  private void literal(LiteralHeader header) {
    byte[] octets = framer.command();
    LiteralReceiver taker = receiver;
    if (framer.bareLf()) {
      refuse(octets, null, "Lines end with CRLF");
    } else if (LiteralMinus.forbids(service, header)) {
      refuse(octets, ResponseCode.TOOBIG, "Wait for the go-ahead with so large a literal");
    } else if (taker != null) {
      try {
        taker.further(CommandLine.rest(octets), header, session);
      } catch (SyntaxException e) {
        session.bad(e.getMessage());
      }
    } else {
      firstLiteral(octets, header);
    }
  }

  private void firstLiteral(byte[] octets, LiteralHeader header) {
    CommandLine line = CommandLine.parse(octets, service.registry(), session);
    try {
      if (line.command() instanceof StreamingCommand command) {
        LiteralReceiver taker = command.receiver(line.arguments(), session);
        if (taker != null) {
          line.begin(session);
          receiver = taker;
          taker.announced(header, session);
          return;
        }
      }
    } catch (SyntaxException e) {
      refuse(octets, null, e.getMessage());
      return;
    } catch (Refused e) {
      line.begin(session);
      session.finish(Status.NO, e.code(), e.getMessage());
      return;
    }
    if (line.command() == null) {
      line.begin(session);
    } else if (header.binary() && !takesLiteral8(line)) {
      refuse(octets, null, "literal8 is not allowed here");
    } else if (!framer.fits()) {
      refuse(octets, ResponseCode.TOOBIG, "Literal too large");
    } else {
      if (header.synchronizing()) {
        session.out().continuation().words("Ready for literal data").crlf();
      }
      framer.acceptBuffered();
    }
  }

  private static boolean takesLiteral8(CommandLine line) {
    Command command = line.command();
    return command != null && command.takesLiteral8();
  }

  private void octets(ByteBuffer in) {
    LiteralReceiver taker = receiver;
    if (taker == null) {
      throw new IllegalStateException("a literal that nobody takes");
    }
    ByteBuffer slice = framer.streamable(in, taker.sliceSize());
    taker.octets(slice, framer.streamRemaining() == 0, session);
  }

  private void skipped() {
    byte[] octets = framer.command();
    boolean tooLong = framer.tooLong();
    framer.next();
    if (tooLong) {
      refuse(octets, ResponseCode.TOOBIG, "Command line too long");
    }
  }

  /** BAD for a command that was not executed. */
  private void refuse(byte[] octets, @Nullable ResponseCode code, String text) {
    if (!session.commandRunning()) {
      CommandLine line = CommandLine.parse(octets, service.registry(), session);
      session.begin(line.tag(), "unread", SyncPoint.NONE);
    }
    session.finish(Status.BAD, code, text);
  }
}
