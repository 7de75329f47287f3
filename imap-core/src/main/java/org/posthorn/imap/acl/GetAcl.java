package org.posthorn.imap.acl;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
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

/** RFC 4314 section 3.3. */
final class GetAcl implements Command {
  @Override
  public String name() {
    return "GETACL";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    return new Entries(Names.mailbox(in, session));
  }

  private record Entries(MailboxName mailbox) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new EntriesCall(AccessControl.of(session), session.account().identity(), mailbox),
          entries -> tell(session, entries));
    }

    private void tell(Session session, SortedMap<String, Rights> entries) {
      ResponseEncoder out = session.out();
      out.untagged().words("ACL ").astring(session.wireName().encode(mailbox));
      for (Map.Entry<String, Rights> entry : entries.entrySet()) {
        out.sp().astring(Octets.utf8(entry.getKey()));
        out.sp().astring(Octets.utf8(entry.getValue().toString()));
      }
      out.crlf();
      session.ok("GETACL completed");
    }
  }

  private record EntriesCall(Acl acl, Identity who, MailboxName mailbox)
      implements StoreCall<SortedMap<String, Rights>> {
    @Override
    public SortedMap<String, Rights> invoke(CallContext context) throws StoreException {
      return acl.entries(who, mailbox);
    }
  }
}
