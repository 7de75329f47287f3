package org.posthorn.imap.notify;

import java.util.Set;

/** RFC 5465: event-group of mailboxes other than the selected one. Immutable. */
record EventGroup(MailboxFilter filter, Set<NotifyEvent> events) {
  EventGroup {
    events = Set.copyOf(events);
  }
}
