package org.posthorn.imap.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.list.ListReturn;
import org.posthorn.imap.list.Listing;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.Namespaces;
import org.posthorn.store.StoreException;

/**
 * LIST as in RFC 3501 section 6.3.8. Always tells of children (RFC 3348) and special use (RFC 6154
 * section 2).
 */
public final class ListMailboxes implements Command {
  private static final Set<ListReturn> RETURNS =
      EnumSet.of(ListReturn.CHILDREN, ListReturn.SPECIAL_USE);

  @Override
  public String name() {
    return "LIST";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    ListArguments arguments = ListArguments.parse(in, session);
    return arguments.rootOnly() ? new Root(arguments.reference()) : new Matches(arguments);
  }

  /** LIST reference "" asks for the delimiter and the root of the reference. */
  private record Root(String reference) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new Namespace.NamespaceCall(session.account()), namespaces -> tell(session, namespaces));
    }

    private void tell(Session session, Namespaces namespaces) {
      String root = Listing.root(reference, namespaces);
      session.out().untagged().words("LIST (\\Noselect) \"/\" ");
      session.out().astring(session.wireName().encode(root)).crlf();
      session.ok("LIST completed");
    }
  }

  private record Matches(ListArguments arguments) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new ListCall(session.account(), arguments.pattern().query()),
          mailboxes -> tell(session, mailboxes));
    }

    private void tell(Session session, List<MailboxInfo> mailboxes) {
      ListResponses.write(
          session,
          "LIST",
          Listing.list(mailboxes, arguments.pattern(), RETURNS),
          () -> session.ok("LIST completed"));
    }
  }

  /** Mailboxes that may match. */
  record ListCall(Account account, ListQuery query) implements StoreCall<List<MailboxInfo>> {
    @Override
    public List<MailboxInfo> invoke(CallContext context) throws StoreException {
      return account.list(query);
    }
  }
}
