package org.posthorn.imap.command;

import java.util.Map;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.StatusAttribute;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;

/** STATUS, RFC 9051 section 6.3.11. */
public final class StatusCommand implements Command {
  /** The items of RFC 3501 section 6.3.10. */
  public static final Map<String, StatusAttribute> ITEMS =
      Map.of(
          "MESSAGES", StatusAttribute.counter(StatusItem.MESSAGES),
          "RECENT", StatusAttribute.counter(StatusItem.RECENT),
          "UIDNEXT", StatusAttribute.counter(StatusItem.UIDNEXT),
          "UIDVALIDITY", StatusAttribute.counter(StatusItem.UIDVALIDITY),
          "UNSEEN", StatusAttribute.counter(StatusItem.UNSEEN));

  @Override
  public String name() {
    return "STATUS";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    MailboxName name = Names.mailbox(in, session);
    in.expectSpace();
    return new Counters(name, StatusAttributes.parse(in, session));
  }

  private record Counters(MailboxName name, StatusAttributes attributes) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new StatusCall(session.account(), name, attributes.begin(session)),
          status -> {
            attributes.write(session, name, status);
            session.ok("STATUS completed");
          });
    }
  }

  record StatusCall(Account account, MailboxName name, Set<StatusItem> items)
      implements StoreCall<MailboxStatus> {
    @Override
    public MailboxStatus invoke(CallContext context) throws StoreException {
      return account.status(name, items);
    }

    @Override
    public Lane lane() {
      return Lane.STORE;
    }
  }
}
