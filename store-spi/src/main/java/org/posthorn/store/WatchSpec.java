package org.posthorn.store;

import java.util.List;
import java.util.Set;

/** What to watch. */
public sealed interface WatchSpec {
  record Mailboxes(Set<MailboxId> ids) implements WatchSpec {
    public Mailboxes {
      ids = Set.copyOf(ids);
    }
  }

  /**
   * All mailboxes whose name begins with these segments, those to come included; empty: all of the
   * account.
   */
  record Subtree(List<String> prefix) implements WatchSpec {
    public Subtree {
      prefix = List.copyOf(prefix);
    }
  }

  static WatchSpec mailbox(MailboxId id) {
    return new Mailboxes(Set.of(id));
  }
}
