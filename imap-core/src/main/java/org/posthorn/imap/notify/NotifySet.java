package org.posthorn.imap.notify;

import java.util.List;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.Namespaces;

/**
 * What NOTIFY SET asks for. Immutable.
 *
 * @param status whether the state of the mailboxes is to be told first
 */
record NotifySet(boolean status, SelectedEvents selected, List<EventGroup> groups) {
  NotifySet {
    groups = List.copyOf(groups);
  }

  /** Whether some group tells of this event, whatever the mailbox. */
  boolean wants(NotifyEvent event) {
    for (EventGroup group : groups) {
      if (group.events().contains(event)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this event is told of for the mailbox. */
  boolean wants(NotifyEvent event, MailboxInfo mailbox, Namespaces namespaces) {
    for (EventGroup group : groups) {
      if (group.events().contains(event) && group.filter().covers(mailbox, namespaces)) {
        return true;
      }
    }
    return false;
  }

  /** Whether anything is told of for the mailbox. */
  boolean covers(MailboxInfo mailbox, Namespaces namespaces) {
    for (EventGroup group : groups) {
      if (!group.events().isEmpty() && group.filter().covers(mailbox, namespaces)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is so whether or not the mailbox is subscribed to. */
  boolean coversByName(MailboxInfo mailbox, Namespaces namespaces) {
    for (EventGroup group : groups) {
      if (!group.events().isEmpty()
          && group.filter().goesByName()
          && group.filter().covers(mailbox, namespaces)) {
        return true;
      }
    }
    return false;
  }
}
