package org.posthorn.delivery.filter;

import org.posthorn.smtp.Address;
import org.posthorn.store.Flags;
import org.posthorn.store.MailboxName;

/** What a filter wants done. Without one of the first five the message goes where it would. */
public sealed interface FilterAction {
  /** Deliver where it would go without the filter. */
  record Keep() implements FilterAction {}

  /** Deliver into this mailbox; several give several copies. */
  record FileInto(MailboxName mailbox) implements FilterAction {}

  /** Send on to another address, with the message's own sender. */
  record Redirect(Address to) implements FilterAction {}

  /** Deliver nothing, and say nothing. */
  record Discard() implements FilterAction {}

  /**
   * Deliver nothing and tell the sender.
   *
   * @param reason printable, one line
   */
  record Reject(String reason) implements FilterAction {
    public Reject {
      if (reason.isBlank() || reason.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("a reason is one line of text");
      }
    }
  }

  /** Set flags on what is delivered into mailboxes. */
  record AddFlags(Flags flags) implements FilterAction {}
}
