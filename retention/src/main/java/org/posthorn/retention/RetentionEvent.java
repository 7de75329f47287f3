package org.posthorn.retention;

import java.time.Instant;
import java.util.Optional;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** What a rule did, or would have done in a dry run. */
public sealed interface RetentionEvent {
  String account();

  /**
   * Messages of a folder were removed.
   *
   * @param messages how many, at least one
   */
  record MessagesExpired(String account, MailboxName mailbox, long messages, boolean dryRun)
      implements RetentionEvent {}

  /** An account that nobody used was deleted with all its mail. */
  record AccountDeleted(String account, Instant lastRetrieval, boolean dryRun)
      implements RetentionEvent {}

  /** A message for an account that nobody used was refused at RCPT. */
  record DeliveryRefused(String account, Instant lastRetrieval, boolean dryRun)
      implements RetentionEvent {}

  /**
   * Something could not be looked after; the next run tries again.
   *
   * @param mailbox empty when it concerns the whole account
   */
  record Failed(String account, Optional<MailboxName> mailbox, StoreException why)
      implements RetentionEvent {}
}
