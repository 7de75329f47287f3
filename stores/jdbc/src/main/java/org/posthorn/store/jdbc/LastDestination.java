package org.posthorn.store.jdbc;

import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;

/**
 * The mailbox that mail was last appended to: it is remembered, so that the next message for it
 * needs no look into the database before it may come. Only where no other process changes the
 * account. Thread-safe.
 */
final class LastDestination {
  record Known(MailboxName name, long row, MailboxInfo info) {}

  private @Nullable Known last;
  private long changes;

  synchronized @Nullable Known of(MailboxName name) {
    return last != null && last.name.equals(name) ? last : null;
  }

  /** Asked before the database is, and told to {@link #remember}. */
  synchronized long changes() {
    return changes;
  }

  /** Unless names may have changed since it was looked for. */
  synchronized void remember(Known found, long changesBefore) {
    if (changes == changesBefore) {
      last = found;
    }
  }

  /** Names of mailboxes, or subscriptions, may have changed. */
  synchronized void forget() {
    last = null;
    changes++;
  }
}
