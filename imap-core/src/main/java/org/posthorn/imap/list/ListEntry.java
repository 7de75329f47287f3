package org.posthorn.imap.list;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;

/**
 * One LIST or LSUB response.
 *
 * @param attributes with their backslashes, in the order in which they are written
 */
public record ListEntry(MailboxName name, List<String> attributes) {

  private static final String NO_SELECT = "\\Noselect";
  private static final String NON_EXISTENT = "\\NonExistent";

  /** Keeps an immutable copy of the list. */
  public ListEntry {
    attributes = List.copyOf(attributes);
  }

  /** A name that LIST found. */
  static ListEntry listed(MailboxInfo mailbox, Set<ListReturn> returns) {
    List<String> attributes = new ArrayList<>();
    switch (mailbox.state()) {
      case SELECTABLE -> {}
      case NO_SELECT -> attributes.add(NO_SELECT);
      case NON_EXISTENT -> attributes.add(NON_EXISTENT);
    }
    if (returns.contains(ListReturn.SUBSCRIBED) && mailbox.subscribed()) {
      attributes.add("\\Subscribed");
    }
    if (returns.contains(ListReturn.CHILDREN)) {
      attributes.add(mailbox.hasChildren() ? "\\HasChildren" : "\\HasNoChildren");
    }
    if (returns.contains(ListReturn.SPECIAL_USE) && !mailbox.specialUse().isEmpty()) {
      for (SpecialUse use : EnumSet.copyOf(mailbox.specialUse())) {
        attributes.add(use.attribute());
      }
    }
    return new ListEntry(mailbox.name(), attributes);
  }

  /** A subscribed name; whether a mailbox has it is not said (RFC 3501 section 6.3.9). */
  static ListEntry subscribed(MailboxInfo mailbox) {
    return new ListEntry(mailbox.name(), List.of());
  }

  /** A level of hierarchy that is shown for the sake of its inferiors. */
  static ListEntry level(MailboxName name) {
    return new ListEntry(name, List.of(NO_SELECT));
  }
}
