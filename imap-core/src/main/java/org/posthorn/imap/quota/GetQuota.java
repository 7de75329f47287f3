package org.posthorn.imap.quota;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Identity;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.StoreException;

/** RFC 9208 section 4.1.1. */
final class GetQuota implements Command {
  @Override
  public String name() {
    return "GETQUOTA";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** SP quota-root-name. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    in.expectSpace();
    return new Root(in.expectAstring().asUtf8());
  }

  private record Root(String name) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new RootCall(Quota.of(session), session.account().identity(), name),
          root -> {
            QuotaResponse.write(session.out(), root);
            session.ok("GETQUOTA completed");
          });
    }
  }

  private record RootCall(Quotas quotas, Identity who, String name)
      implements StoreCall<QuotaRoot> {
    @Override
    public QuotaRoot invoke(CallContext context) throws StoreException {
      return quotas.root(who, name);
    }
  }
}
