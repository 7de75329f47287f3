package org.posthorn.imap.append;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.LiteralReceiver;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.StreamingCommand;
import org.posthorn.imap.command.Names;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

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

  @Override
  public @Nullable LiteralReceiver receiver(CommandReader in, Session session)
      throws SyntaxException, Refused {
    if (Literals.isArgument(in)) {
      return null;
    }
    AppendTarget target = AppendTarget.append(Names.mailbox(in, session));
    AppendParser parser = new AppendParser(session, false);
    return new AppendReceiver(session, target, parser, in);
  }

  /** Reached only when no literal came where a message or a part of one belongs. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    AppendTarget target = AppendTarget.append(Names.mailbox(in, session));
    List<AppendStep> steps = new ArrayList<>();
    new AppendParser(session, false).parse(in, steps);
    return new Catenation(target, steps);
  }
}
