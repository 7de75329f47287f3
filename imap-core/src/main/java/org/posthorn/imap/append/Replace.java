package org.posthorn.imap.append;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.LiteralReceiver;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.StreamingCommand;
import org.posthorn.imap.command.Names;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.UidSet;

/** REPLACE and UID REPLACE, RFC 8508: a message comes and another goes in one step. */
public final class Replace implements StreamingCommand {
  private final boolean byUid;

  private Replace(boolean byUid) {
    this.byUid = byUid;
  }

  /** REPLACE. */
  public static Replace bySequence() {
    return new Replace(false);
  }

  /** UID REPLACE. */
  public static Replace byUid() {
    return new Replace(true);
  }

  @Override
  public String name() {
    return byUid ? "UID REPLACE" : "REPLACE";
  }

  @Override
  public Set<State> states() {
    return State.IN_MAILBOX;
  }

  @Override
  public @Nullable LiteralReceiver receiver(CommandReader in, Session session)
      throws SyntaxException, Refused {
    in.expectSpace();
    long number = number(in, session);
    if (Literals.isArgument(in)) {
      return null;
    }
    AppendTarget target = target(number, in, session);
    AppendParser parser = new AppendParser(session, true);
    return new AppendReceiver(session, target, parser, in);
  }

  /** Reached only when the new message is made of URLs alone. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    in.expectSpace();
    AppendTarget target = target(number(in, session), in, session);
    List<AppendStep> steps = new ArrayList<>();
    new AppendParser(session, true).parse(in, steps);
    return new Catenation(target, steps);
  }

  /** seq-number / uniqueid; only the former may be the last message's {@code *}. */
  private long number(CommandReader in, Session session) throws SyntaxException {
    if (byUid || !in.accept('*')) {
      return in.expectNzNumber();
    }
    return Math.max(1, session.selected().view().size());
  }

  /** seq-number / uniqueid, of which the number was read; SP mailbox. */
  private AppendTarget target(long number, CommandReader in, Session session)
      throws SyntaxException, Refused {
    Selected selected = session.selected();
    if (selected.readOnly()) {
      throw new Refused(ResponseCode.READ_ONLY, "Mailbox is read-only");
    }
    UidSet view = selected.view();
    UidSet message;
    if (byUid) {
      message = UidSet.of(number).intersect(view);
      if (message.isEmpty()) {
        throw new Refused(ResponseCode.NONEXISTENT, "No such message");
      }
    } else if (number > view.size()) {
      throw in.error("no such message");
    } else {
      message = view.slice(number - 1, number);
    }
    return AppendTarget.replace(Names.mailbox(in, session), selected, message);
  }
}
