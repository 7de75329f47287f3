package org.posthorn.imap.notify;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Refused;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.fetch.FetchParser;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;

/** Reads the arguments of NOTIFY SET (RFC 5465 section 8). */
final class NotifyParser {
  private final CommandReader in;
  private final Session session;
  private final List<EventGroup> groups = new ArrayList<>();
  private @Nullable SelectedEvents selected;
  private boolean unknownEvent;

  /** The events of one group, and what is told of new messages. */
  private record Events(Set<NotifyEvent> events, @Nullable FetchProgram ofNew) {}

  NotifyParser(CommandReader in, Session session) {
    this.in = in;
    this.session = session;
  }

  /** {@code [status-indicator] SP event-groups}, from the space behind SET. */
  NotifySet parse() throws SyntaxException, Refused {
    in.expectSpace();
    boolean status = in.acceptName("STATUS");
    if (status) {
      in.expectSpace();
    }
    do {
      in.expect('(');
      group();
      in.expect(')');
    } while (in.acceptSpace());
    in.expectEnd();
    if (unknownEvent) {
      String names = NotifyEvent.names(session);
      ResponseCode code = out -> out.words("BADEVENT (").words(names).close();
      throw new Refused(code, "Some events are not told of here");
    }
    return new NotifySet(status, selected == null ? SelectedEvents.NONE : selected, groups);
  }

  /** {@code filter-mailboxes SP events}. */
  private void group() throws SyntaxException {
    boolean delayed = in.acceptName("SELECTED-DELAYED");
    if (delayed || in.acceptName("SELECTED")) {
      if (selected != null) {
        throw in.error("only one of SELECTED and SELECTED-DELAYED");
      }
      in.expectSpace();
      selected = selected(delayed, events());
      return;
    }
    MailboxFilter filter = filter();
    in.expectSpace();
    Events events = events();
    if (events.ofNew() != null) {
      throw in.error("only of the selected mailbox are new messages told");
    }
    groups.add(new EventGroup(filter, events.events()));
  }

  private SelectedEvents selected(boolean delayed, Events events) throws SyntaxException {
    for (NotifyEvent event : events.events()) {
      if (!event.isAboutMessages()) {
        throw in.error("of the selected mailbox only messages are told here");
      }
    }
    return new SelectedEvents(
        true,
        !delayed,
        events.events().contains(NotifyEvent.MESSAGE_NEW),
        events.events().contains(NotifyEvent.FLAG_CHANGE),
        events.ofNew());
  }

  private MailboxFilter filter() throws SyntaxException {
    return switch (in.expectName()) {
      case "INBOXES", "PERSONAL" -> new MailboxFilter.Personal();
      case "SUBSCRIBED" -> new MailboxFilter.Subscribed();
      case "SUBTREE" -> new MailboxFilter.Subtrees(names());
      case "MAILBOXES" -> new MailboxFilter.Named(names());
      default -> throw in.error("unknown kind of mailboxes");
    };
  }

  /** {@code SP one-or-more-mailbox}. */
  private Set<MailboxName> names() throws SyntaxException {
    Set<MailboxName> names = new HashSet<>();
    in.expectSpace();
    if (in.accept('(')) {
      do {
        name(names);
      } while (in.acceptSpace());
      in.expect(')');
    } else {
      name(names);
    }
    return names;
  }

  private void name(Set<MailboxName> names) throws SyntaxException {
    Octets wire = in.expectAstring();
    try {
      names.add(session.wireName().decode(wire));
    } catch (InvalidMailboxName e) {
      // RFC 5465 section 3.1: what does not exist is passed over; this never will.
    }
  }

  /** {@code ( "(" event *(SP event) ")" ) / "NONE"}; the RFC's own examples lack parentheses. */
  private Events events() throws SyntaxException {
    if (in.acceptName("NONE")) {
      return new Events(Set.of(), null);
    }
    boolean enclosed = in.accept('(');
    Set<NotifyEvent> events = EnumSet.noneOf(NotifyEvent.class);
    FetchProgram ofNew = null;
    boolean changes = false;
    do {
      String name = in.expectName();
      NotifyEvent event = NotifyEvent.of(name, session);
      if (event == null) {
        unknownEvent = true;
        // An annotation is a change of a message as a flag is.
        changes |= name.equals("ANNOTATIONCHANGE");
      } else {
        events.add(event);
      }
      if (event == NotifyEvent.MESSAGE_NEW && isListNext()) {
        in.expectSpace();
        ofNew = program();
      }
    } while (in.acceptSpace());
    if (enclosed) {
      in.expect(')');
    }
    checkTogether(changes || events.contains(NotifyEvent.FLAG_CHANGE), events);
    return new Events(events, ofNew);
  }

  private boolean isListNext() {
    int start = in.position();
    boolean list = in.acceptSpace() && in.peek() == '(';
    in.rewind(start);
    return list;
  }

  private FetchProgram program() throws SyntaxException {
    return FetchParser.parse(in, session.service().registry().fetchItems());
  }

  /** RFC 5465 section 5. */
  private void checkTogether(boolean changes, Set<NotifyEvent> events) throws SyntaxException {
    boolean arrivals = events.contains(NotifyEvent.MESSAGE_NEW);
    boolean expunges = events.contains(NotifyEvent.MESSAGE_EXPUNGE);
    if (arrivals != expunges || (changes && !arrivals)) {
      throw in.error("MessageNew and MessageExpunge go together, and with FlagChange");
    }
  }
}
