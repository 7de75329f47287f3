package org.posthorn.imap.acl;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.command.Names;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;

/** RFC 4314 section 3.4. */
final class ListRights implements Command {
  @Override
  public String name() {
    return "LISTRIGHTS";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** SP mailbox SP identifier. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    return new Grantable(Names.mailbox(in, session), Identifiers.identifier(in));
  }

  private record Grantable(MailboxName mailbox, String identifier) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new GrantableCall(
              AccessControl.of(session), session.account().identity(), mailbox, identifier),
          grantable -> tell(session, grantable));
    }

    private void tell(Session session, Acl.Grantable grantable) {
      ResponseEncoder out = session.out();
      out.untagged().words("LISTRIGHTS ").astring(session.wireName().encode(mailbox));
      out.sp().astring(Octets.utf8(identifier));
      out.sp().astring(Octets.utf8(grantable.always().letters()));
      for (Rights together : grantable.optional()) {
        out.sp().astring(Octets.utf8(together.letters()));
      }
      out.crlf();
      session.ok("LISTRIGHTS completed");
    }
  }

  private record GrantableCall(Acl acl, Identity who, MailboxName mailbox, String identifier)
      implements StoreCall<Acl.Grantable> {
    @Override
    public Acl.Grantable invoke(CallContext context) throws StoreException {
      return acl.grantable(who, mailbox, identifier);
    }
  }
}
