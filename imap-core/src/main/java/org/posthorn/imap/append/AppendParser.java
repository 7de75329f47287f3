package org.posthorn.imap.append;

import java.time.OffsetDateTime;
import java.util.Collection;
import org.posthorn.imap.Session;
import org.posthorn.imap.append.AppendStep.Envelope;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.LiteralHeader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.Flags;

/**
 * Reads what follows the mailbox in APPEND, between one literal and the next: {@code 1*([SP
 * flag-list] [SP date-time] SP append-data)} (RFC 3502, RFC 4466), where {@code append-data =
 * literal / literal8 / "CATENATE" SP "(" cat-part *(SP cat-part) ")" / "UTF8" SP "(" literal8 ")"}
 * (RFC 3516, RFC 4469, RFC 6855).
 */
final class AppendParser {
  private enum State {
    FIRST_MESSAGE,
    BEHIND_MESSAGE,
    BEHIND_UTF8,
    BEHIND_PART
  }

  private final Session session;
  private final boolean single;
  private State state = State.FIRST_MESSAGE;

  /**
   * @param single whether only one message is possible whatever the server can do
   */
  AppendParser(Session session, boolean single) {
    this.session = session;
    this.single = single;
  }

  private boolean has(String extension) {
    return session.service().registry().has(extension);
  }

  private boolean utf8() {
    return session.isEnabled("UTF8=ACCEPT");
  }

  /** Reads on, to the next literal or to the end of the command. */
  void parse(CommandReader in, Collection<AppendStep> steps) throws SyntaxException {
    switch (state) {
      case FIRST_MESSAGE, BEHIND_MESSAGE -> messages(in, steps);
      case BEHIND_UTF8 -> {
        in.expect(')');
        state = State.BEHIND_MESSAGE;
        messages(in, steps);
      }
      case BEHIND_PART -> {
        if (parts(in, steps)) {
          messages(in, steps);
        }
      }
    }
  }

  private void messages(CommandReader in, Collection<AppendStep> steps) throws SyntaxException {
    while (true) {
      if (state == State.BEHIND_MESSAGE && (in.atEnd() || single || !has("MULTIAPPEND"))) {
        in.expectEnd();
        steps.add(new AppendStep.End());
        return;
      }
      if (!message(in, steps)) {
        return;
      }
    }
  }

  /** Returns false at a literal. */
  private boolean message(CommandReader in, Collection<AppendStep> steps) throws SyntaxException {
    in.expectSpace();
    Envelope envelope = envelope(in);
    LiteralHeader literal = in.pendingLiteral();
    if (literal != null) {
      state = State.BEHIND_MESSAGE;
      steps.add(new AppendStep.Whole(envelope, allowed(in, literal)));
      return false;
    }
    if (utf8() && in.acceptName("UTF8")) {
      in.expectSpace();
      in.expect('(');
      state = State.BEHIND_UTF8;
      steps.add(new AppendStep.Whole(envelope, expectLiteral(in)));
      return false;
    }
    if (has("CATENATE") && in.acceptName("CATENATE")) {
      in.expectSpace();
      in.expect('(');
      steps.add(new AppendStep.Begin(envelope));
      return part(in, steps) && parts(in, steps);
    }
    throw in.error("expected a literal");
  }

  private static Envelope envelope(CommandReader in) throws SyntaxException {
    Flags flags = Flags.NONE;
    if (in.peek() == '(') {
      flags = in.expectFlagList();
      in.expectSpace();
    }
    OffsetDateTime date = null;
    if (in.peek() == '"') {
      date = in.expectDateTime();
      in.expectSpace();
    }
    return new Envelope(flags, date);
  }

  /** Behind a part; returns false at a literal. */
  private boolean parts(CommandReader in, Collection<AppendStep> steps) throws SyntaxException {
    while (!in.accept(')')) {
      in.expectSpace();
      if (!part(in, steps)) {
        return false;
      }
    }
    state = State.BEHIND_MESSAGE;
    steps.add(new AppendStep.Complete());
    return true;
  }

  /** cat-part = "TEXT" SP literal / "URL" SP astring. Returns false at a literal. */
  private boolean part(CommandReader in, Collection<AppendStep> steps) throws SyntaxException {
    state = State.BEHIND_PART;
    if (in.acceptName("TEXT")) {
      in.expectSpace();
      steps.add(new AppendStep.Text(expectLiteral(in)));
      return false;
    }
    if (!in.acceptName("URL")) {
      throw in.error("expected TEXT or URL");
    }
    in.expectSpace();
    LiteralHeader literal = in.pendingLiteral();
    if (literal != null) {
      steps.add(new AppendStep.UrlLiteral(literal));
      return false;
    }
    steps.add(new AppendStep.Url(in.expectAstring().asUtf8()));
    return true;
  }

  private LiteralHeader expectLiteral(CommandReader in) throws SyntaxException {
    LiteralHeader literal = in.pendingLiteral();
    if (literal == null) {
      throw in.error("expected a literal");
    }
    return allowed(in, literal);
  }

  private LiteralHeader allowed(CommandReader in, LiteralHeader literal) throws SyntaxException {
    if (literal.binary() && !has("BINARY") && !utf8()) {
      throw in.error("literal8 is not allowed here");
    }
    return literal;
  }
}
