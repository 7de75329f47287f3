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

/** RFC 9051 section 6.3.6. */
public final class Rename implements Command {
  @Override
  public String name() {
    return "RENAME";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    return new NewName(Names.mailbox(in, session), Names.toCreate(in, session));
  }

  private record NewName(MailboxName from, MailboxName to) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new RenameCall(session.account(), from, to),
          done -> {
            session.pushing().knowsOf(told -> told.renamed(from, to));
            if (session.state() == State.SELECTED) {
              // The selected mailbox may have another name now, or other messages (INBOX).
              session.selected().touch();
            }
            ListOldName.renamed(session, to, from.path());
            session.ok("RENAME completed");
          });
    }
  }

  private record RenameCall(Account account, MailboxName from, MailboxName to)
      implements StoreCall<Done> {
    @Override
    public Done invoke(CallContext context) throws StoreException {
      account.rename(from, to);
      return Done.DONE;
    }
  }
}
