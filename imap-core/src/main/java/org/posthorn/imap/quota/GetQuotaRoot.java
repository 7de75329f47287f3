package org.posthorn.imap.quota;

import java.util.ArrayList;
import java.util.List;
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
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.StoreException;

/** RFC 9208 section 4.1.2; there need not be such a mailbox. */
final class GetQuotaRoot implements Command {
  @Override
  public String name() {
    return "GETQUOTAROOT";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    return new RootsOf(Names.mailbox(in, session));
  }

  private record RootsOf(MailboxName name) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new RootsCall(Quota.of(session), session.account().identity(), name),
          roots -> tell(session, roots));
    }

    private void tell(Session session, List<QuotaRoot> roots) {
      ResponseEncoder out = session.out();
      out.untagged().words("QUOTAROOT ").astring(session.wireName().encode(name));
      for (QuotaRoot root : roots) {
        out.sp().astring(Octets.utf8(root.name()));
      }
      out.crlf();
      for (QuotaRoot root : roots) {
        QuotaResponse.write(out, root);
      }
      session.ok("GETQUOTAROOT completed");
    }
  }

  private record RootsCall(Quotas quotas, Identity who, MailboxName name)
      implements StoreCall<List<QuotaRoot>> {
    @Override
    public List<QuotaRoot> invoke(CallContext context) throws StoreException {
      List<QuotaRoot> roots = new ArrayList<>();
      for (String root : quotas.rootsOf(who, name)) {
        roots.add(quotas.root(who, root));
      }
      return roots;
    }
  }
}
