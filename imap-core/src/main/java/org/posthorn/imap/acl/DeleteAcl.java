package org.posthorn.imap.acl;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.command.Names;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** RFC 4314 section 3.2. */
final class DeleteAcl implements Command {
  @Override
  public String name() {
    return "DELETEACL";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** SP mailbox SP identifier. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    return new Entry(Names.mailbox(in, session), Identifiers.identifier(in));
  }

  private record Entry(MailboxName mailbox, String identifier) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new DeleteCall(
              AccessControl.of(session), session.account().identity(), mailbox, identifier),
          done -> session.ok("DELETEACL completed"));
    }
  }

  private record DeleteCall(Acl acl, Identity who, MailboxName mailbox, String identifier)
      implements StoreCall<Boolean> {
    @Override
    public Boolean invoke(CallContext context) throws StoreException {
      acl.delete(who, mailbox, identifier);
      return true;
    }
  }
}
