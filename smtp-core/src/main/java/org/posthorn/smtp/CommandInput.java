package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.LineFramer;

/** Reads command lines and dispatches them; RCPT that come pipelined are asked about together. */
final class CommandInput implements SmtpSession.Input {
  private final SmtpSession session;
  private final LineFramer lines;
  private final RecipientBatch recipients;
  private @Nullable String held;

  CommandInput(SmtpSession session) {
    this.session = session;
    this.lines = new LineFramer(session.limits().lineOctets());
    this.recipients = new RecipientBatch(session);
  }

  @Override
  public void receive(ByteBuffer in) {
    while (session.wantsInput() && session.input() == this) {
      String line = held;
      held = null;
      if (line == null) {
        LineFramer.Found found = lines.next(in);
        if (found == LineFramer.Found.NOTHING) {
          recipients.ask();
          return;
        }
        if (found == LineFramer.Found.TOO_LONG) {
          session.progressed();
          refuseLine(new Verdict(500, "5.5.2", "Line too long"));
          continue;
        }
        session.progressed();
        line = decode(lines.line());
      }
      if (line == null) {
        refuseLine(new Verdict(500, "5.5.2", "Control characters or broken UTF-8"));
      } else if (!recipients.isEmpty() && !verb(line).equals("RCPT")) {
        held = line;
        recipients.ask();
      } else {
        execute(line);
      }
    }
  }

  /** A broken line between RCPT commands keeps its place among their replies. */
  private void refuseLine(Verdict verdict) {
    if (recipients.isEmpty()) {
      session.reply(verdict);
    } else {
      recipients.refuse(verdict);
    }
  }

  private void execute(String line) {
    String verb = verb(line);
    String arguments = line.substring(verb.length()).strip();
    if (verb.equals("RCPT")) {
      recipients.add(arguments);
      return;
    }
    SmtpCommand command = session.service().command(verb, session);
    if (command == null) {
      session.reply(new Verdict(500, "5.5.1", "Command not recognized"));
      return;
    }
    try {
      command.execute(session, arguments);
    } catch (SmtpSyntaxException e) {
      session.reply(new Verdict(501, "5.5.4", "Syntax error: " + e.getMessage()));
    }
  }

  private static String verb(String line) {
    int end = line.indexOf(' ');
    return (end < 0 ? line : line.substring(0, end)).toUpperCase(Locale.ROOT);
  }

  private static @Nullable String decode(ByteBuffer octets) {
    try {
      String line = StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
      return hasControls(line) ? null : line;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean hasControls(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return true;
      }
    }
    return false;
  }

  /** A command is waited for as a whole: a trickle of octets gains no time. */
  @Override
  public long deadline(long lastInput, long lastProgress) {
    boolean early =
        session.helo() == null || (session.role() == SmtpRole.SUBMISSION && session.user() == null);
    Duration patience = early ? session.limits().greetingIdle() : session.limits().commandIdle();
    return lastProgress + patience.toNanos();
  }
}
