package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** RFC 9051 section 6.3.7. */
public final class Subscribe implements Command {
  @Override
  public String name() {
    return "SUBSCRIBE";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    return new Name(Names.mailbox(in, session));
  }

  private record Name(MailboxName name) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new SubscribeCall(session.account(), name),
          done -> {
            session.pushing().knowsOf(told -> told.subscribed(name, true));
            session.ok("SUBSCRIBE completed");
          });
    }
  }

  private record SubscribeCall(Account account, MailboxName name) implements StoreCall<Done> {
    @Override
    public Done invoke(CallContext context) throws StoreException {
      account.subscribe(name);
      return Done.DONE;
    }
  }
}
