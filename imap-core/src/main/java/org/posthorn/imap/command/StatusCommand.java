package org.posthorn.imap.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;

/** STATUS, RFC 9051 section 6.3.11. */
public final class StatusCommand implements Command {
  /** The items of RFC 3501 section 6.3.10. */
  public static final Map<String, StatusItem> ITEMS =
      Map.of(
          "MESSAGES", StatusItem.MESSAGES,
          "RECENT", StatusItem.RECENT,
          "UIDNEXT", StatusItem.UIDNEXT,
          "UIDVALIDITY", StatusItem.UIDVALIDITY,
          "UNSEEN", StatusItem.UNSEEN);

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
    in.expect('(');
    Map<String, StatusItem> known = session.service().registry().statusItems();
    Map<String, StatusItem> items = new LinkedHashMap<>();
    do {
      String word = in.expectName();
      StatusItem item = known.get(word);
      if (item == null) {
        throw in.error("unknown STATUS item");
      }
      items.put(word, item);
    } while (in.acceptSpace());
    in.expect(')');
    return new Counters(name, items);
  }

  private record Counters(MailboxName name, Map<String, StatusItem> items) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new StatusCall(session.account(), name, Set.copyOf(items.values())),
          status -> tell(session, status));
    }

    private void tell(Session session, MailboxStatus status) {
      ResponseEncoder out = session.out().untagged().words("STATUS ");
      out.astring(session.wireName().encode(name)).sp().open();
      boolean first = true;
      for (Map.Entry<String, StatusItem> item : items.entrySet()) {
        if (!first) {
          out.sp();
        }
        first = false;
        out.words(item.getKey()).sp().number(status.get(item.getValue()));
      }
      out.close().crlf();
      session.ok("STATUS completed");
    }
  }

  private record StatusCall(Account account, MailboxName name, Set<StatusItem> items)
      implements StoreCall<MailboxStatus> {
    @Override
    public MailboxStatus invoke(CallContext context) throws StoreException {
      return account.status(name, items);
    }
  }
}
