package org.posthorn.imap.command;

import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.LiteralReceiver;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.StreamingCommand;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.Flags;
import org.posthorn.store.MailboxName;

/** APPEND, RFC 9051 section 6.3.12: the message goes to the store in slices. */
public final class AppendCommand implements StreamingCommand {
  @Override
  public String name() {
    return "APPEND";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** SP mailbox [SP flag-list] [SP date-time] SP literal. */
  @Override
  public @Nullable LiteralReceiver receiver(CommandReader in, Session session)
      throws SyntaxException, Refused {
    in.expectSpace();
    if (in.pendingLiteral() != null) {
      return null;
    }
    in.rewind(in.position() - 1);
    MailboxName name = Names.mailbox(in, session);
    in.expectSpace();
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
    if (in.pendingLiteral() == null) {
      throw in.error("expected a literal");
    }
    return new AppendReceiver(name, flags, date);
  }

  /** Reached only when no literal came where the message belongs. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    Names.mailbox(in, session);
    throw in.error("expected a literal");
  }
}
