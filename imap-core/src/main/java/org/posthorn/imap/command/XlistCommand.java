package org.posthorn.imap.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.list.ListCriteria;
import org.posthorn.imap.list.ListEntry;
import org.posthorn.imap.list.ListReturn;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** XLIST: LIST with the names that Gmail gave to special uses, and one for INBOX. */
public final class XlistCommand implements Command {
  private static final Set<ListReturn> RETURNS =
      EnumSet.of(ListReturn.CHILDREN, ListReturn.SPECIAL_USE);

  /** Special uses that are called otherwise here. */
  private static final Map<String, String> OTHERWISE =
      Map.of(
          "\\All", "\\AllMail",
          "\\Flagged", "\\Starred",
          "\\Junk", "\\Spam");

  @Override
  public String name() {
    return "XLIST";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** SP mailbox SP list-mailbox. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    ListArguments arguments = ListArguments.parse(in, session);
    ListCriteria criteria = ListCriteria.basic(arguments.pattern(), RETURNS);
    return running ->
        running.call(new ListCall(running.account(), criteria), entries -> tell(running, entries));
  }

  private static void tell(Session session, Collection<ListEntry> entries) {
    List<ListEntry> renamed = new ArrayList<>();
    for (ListEntry entry : entries) {
      renamed.add(renamed(entry));
    }
    new ListResponses(session, "XLIST", List.of())
        .write(renamed, () -> session.ok("XLIST completed"));
  }

  private static ListEntry renamed(ListEntry entry) {
    List<String> attributes = new ArrayList<>();
    for (String attribute : entry.attributes()) {
      attributes.add(OTHERWISE.getOrDefault(attribute, attribute));
    }
    if (entry.name().isInbox()) {
      attributes.add("\\Inbox");
    }
    return new ListEntry(entry.name(), attributes, entry.childInfo(), entry.mailbox());
  }
}
