package org.posthorn.imap.command;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.list.Listing;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.StoreException;

/** RFC 3501 section 6.3.9. */
public final class Lsub implements Command {
  @Override
  public String name() {
    return "LSUB";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    return new Matches(ListArguments.parse(in, session));
  }

  private record Matches(ListArguments arguments) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new SubscriptionsCall(session.account(), arguments.pattern().subscribedQuery()),
          mailboxes -> tell(session, mailboxes));
    }

    private void tell(Session session, List<MailboxInfo> mailboxes) {
      new ListResponses(session, "LSUB", List.of())
          .write(
              Listing.subscribed(mailboxes, arguments.pattern()),
              () -> session.ok("LSUB completed"));
    }
  }

  /** Subscribed names that may match. */
  private record SubscriptionsCall(Account account, ListQuery query)
      implements StoreCall<List<MailboxInfo>> {
    @Override
    public List<MailboxInfo> invoke(CallContext context) throws StoreException {
      return account.list(query);
    }
  }
}
