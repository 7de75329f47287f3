package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.Status;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** RFC 9051 section 6.3.5. Deleting the selected mailbox leaves none selected. */
public final class Delete implements Command {
  @Override
  public String name() {
    return "DELETE";
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
      session.call(new DeleteCall(session.account(), name), done -> deleted(session));
    }

    private void deleted(Session session) {
      session.pushing().knowsOf(told -> told.deleted(name));
      if (session.isSelected(name)) {
        session.unselect();
        session.untagged(Status.OK, ResponseCode.CLOSED, "The selected mailbox was deleted");
      }
      session.ok("DELETE completed");
    }
  }

  private record DeleteCall(Account account, MailboxName name) implements StoreCall<Done> {
    @Override
    public Done invoke(CallContext context) throws StoreException {
      account.delete(name);
      return Done.DONE;
    }
  }
}
