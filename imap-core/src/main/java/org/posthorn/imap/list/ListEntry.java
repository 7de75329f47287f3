package org.posthorn.imap.list;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;

/**
 * One LIST or LSUB response.
 *
 * @param attributes with their backslashes, in the order in which they are written
 * @param childInfo the selection options that a name below meets (RFC 5258 section 3.5)
 * @param mailbox what the name stands for where it was itself selected; null when it is only told
 *     for the sake of its inferiors
 */
public record ListEntry(
    MailboxName name,
    List<String> attributes,
    List<String> childInfo,
    @Nullable MailboxInfo mailbox) {

  private static final String NO_SELECT = "\\Noselect";
  private static final String NON_EXISTENT = "\\NonExistent";

  /** Keeps immutable copies of the lists. */
  public ListEntry {
    attributes = List.copyOf(attributes);
    childInfo = List.copyOf(childInfo);
  }

  /** A name that LIST found. */
  static ListEntry listed(MailboxInfo mailbox, Set<ListReturn> returns) {
    return new ListEntry(mailbox.name(), attributes(mailbox, returns), List.of(), mailbox);
  }

  /** A name that is told because of those below it. */
  static ListEntry superior(MailboxInfo mailbox, Set<ListReturn> returns, List<String> childInfo) {
    return new ListEntry(mailbox.name(), attributes(mailbox, returns), childInfo, null);
  }

  /** A subscribed name; whether a mailbox has it is not said (RFC 3501 section 6.3.9). */
  static ListEntry subscribed(MailboxInfo mailbox) {
    return new ListEntry(mailbox.name(), List.of(), List.of(), mailbox);
  }

  /** A level of hierarchy that is shown for the sake of its inferiors. */
  static ListEntry level(MailboxName name) {
    return new ListEntry(name, List.of(NO_SELECT), List.of(), null);
  }

  /** With what is said of names below. */
  ListEntry with(List<String> newChildInfo) {
    return new ListEntry(name, attributes, newChildInfo, mailbox);
  }

  /** Now that it has turned out that the mailbox cannot be selected. */
  public ListEntry notSelectable() {
    if (attributes.contains(NO_SELECT) || attributes.contains(NON_EXISTENT)) {
      return this;
    }
    List<String> more = new ArrayList<>(List.of(NO_SELECT));
    more.addAll(attributes);
    return new ListEntry(name, more, childInfo, mailbox);
  }

  /** The attributes of a name, in the order in which they are written. */
  public static List<String> attributes(MailboxInfo mailbox, Set<ListReturn> returns) {
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
    return attributes;
  }
}
