package org.posthorn.imap.command;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.list.ListCriteria;
import org.posthorn.imap.list.ListDetail;
import org.posthorn.imap.list.Listing;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.Namespaces;

/**
 * LIST as in RFC 3501 section 6.3.8 and RFC 5258. Without options it tells of children (RFC 3348)
 * and special use (RFC 6154 section 2).
 */
public final class ListMailboxes implements Command {
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
    return new ListParser(in, session).parse();
  }

  /** LIST reference "" asks for the delimiter and the root of the reference. */
  record Root(String reference) implements Request {
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

  /** Whatever matches. */
  record Matches(ListCriteria criteria, List<ListDetail> details) implements Request {
    @Override
    public void execute(Session session) {
      details.forEach(detail -> detail.asked(session));
      session.call(
          new ListCall(session.account(), criteria),
          entries ->
              new ListResponses(session, "LIST", details)
                  .write(entries, () -> session.ok("LIST completed")));
    }
  }
}
