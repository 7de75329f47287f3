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
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;

/** RFC 4314 section 3.5. */
final class MyRights implements Command {
  @Override
  public String name() {
    return "MYRIGHTS";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    return new Mine(Names.mailbox(in, session));
  }

  /** RFC 4314 section 3.8. */
  static void write(Session session, MailboxName mailbox, Rights rights) {
    session.out().untagged().words("MYRIGHTS ").astring(session.wireName().encode(mailbox));
    session.out().sp().astring(Octets.utf8(rights.toString())).crlf();
  }

  private record Mine(MailboxName mailbox) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new MineCall(AccessControl.of(session), session.account().identity(), mailbox),
          rights -> {
            write(session, mailbox, rights);
            session.ok("MYRIGHTS completed");
          });
    }
  }

  private record MineCall(Acl acl, Identity who, MailboxName mailbox) implements StoreCall<Rights> {
    @Override
    public Rights invoke(CallContext context) throws StoreException {
      return acl.mine(who, mailbox);
    }
  }
}
