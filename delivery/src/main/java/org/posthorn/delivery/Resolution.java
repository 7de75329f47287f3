package org.posthorn.delivery;

import java.util.List;
import java.util.Optional;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.MailboxName;

/** Where a recipient's mail goes. */
public sealed interface Resolution {
  /**
   * Into a mailbox of an account here.
   *
   * @param sender stands for the message's own sender (a list's owner, RFC 5321 section 3.9.2)
   */
  record Local(String account, MailboxName mailbox, Optional<ReversePath> sender)
      implements Resolution {
    public Local(String account, MailboxName mailbox) {
      this(account, mailbox, Optional.empty());
    }
  }

  /** To another server as it was addressed, by the {@link Relay}; for clients that may relay. */
  record Remote() implements Resolution {}

  /**
   * To another server under another address, by the {@link Relay}, whoever sent it: somebody here
   * wants it so.
   *
   * @param sender stands for the message's own sender (a list's owner, RFC 5321 section 3.9.2)
   */
  record Forward(Address to, Optional<ReversePath> sender) implements Resolution {}

  /** To several places. */
  record Several(List<Resolution> parts) implements Resolution {
    public Several {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A member of a list who cannot be reached; the others get the mail, and the owner is told. Only
   * among {@link Several}.
   */
  record Unreachable(Address member, ReversePath owner, Verdict verdict) implements Resolution {}

  /** Nowhere. */
  record Refused(Verdict verdict) implements Resolution {}
}
