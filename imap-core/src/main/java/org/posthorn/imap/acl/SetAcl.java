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
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;

/** RFC 4314 section 3.1. */
final class SetAcl implements Command {
  @Override
  public String name() {
    return "SETACL";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** SP mailbox SP identifier SP ["+" / "-"] rights. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    MailboxName mailbox = Names.mailbox(in, session);
    String identifier = Identifiers.identifier(in);
    in.expectSpace();
    String change = in.expectAstring().asUtf8();
    Acl.Mode mode =
        change.startsWith("+")
            ? Acl.Mode.ADD
            : change.startsWith("-") ? Acl.Mode.REMOVE : Acl.Mode.REPLACE;
    String letters = mode == Acl.Mode.REPLACE ? change : change.substring(1);
    return new Change(mailbox, identifier, mode, Identifiers.rights(in, letters));
  }

  private record Change(MailboxName mailbox, String identifier, Acl.Mode mode, Rights rights)
      implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new SetCall(AccessControl.of(session), session.account().identity(), this),
          done -> session.ok("SETACL completed"));
    }
  }

  private record SetCall(Acl acl, Identity who, Change change) implements StoreCall<Boolean> {
    @Override
    public Boolean invoke(CallContext context) throws StoreException {
      acl.set(who, change.mailbox(), change.identifier(), change.mode(), change.rights());
      return true;
    }
  }
}
