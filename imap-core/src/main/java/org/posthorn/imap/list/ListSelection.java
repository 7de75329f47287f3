package org.posthorn.imap.list;

import java.util.Set;
import org.posthorn.store.MailboxInfo;

/** A selection option of LIST (RFC 5258 section 3.1). */
public enum ListSelection {
  /** Subscribed names, those without a mailbox included. */
  SUBSCRIBED,
  /** Mailboxes with a special use (RFC 6154 section 2). */
  SPECIAL_USE,
  /** Mailboxes elsewhere as well; there are none. */
  REMOTE,
  /** Superiors of selected names as well. */
  RECURSIVEMATCH;

  /** As LIST names it. */
  public String word() {
    return name().replace('_', '-');
  }

  /** Whether it says by itself which names are wanted. */
  boolean isCriterion() {
    return this == SUBSCRIBED || this == SPECIAL_USE;
  }

  /** Whether these options select the mailbox, whatever its name. */
  static boolean select(Set<ListSelection> options, MailboxInfo mailbox) {
    if (options.contains(SUBSCRIBED)
        ? !mailbox.subscribed()
        : mailbox.state() == MailboxInfo.State.NON_EXISTENT) {
      return false;
    }
    return !options.contains(SPECIAL_USE) || !mailbox.specialUse().isEmpty();
  }
}
