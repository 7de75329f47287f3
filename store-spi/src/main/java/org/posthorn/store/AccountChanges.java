package org.posthorn.store;

import java.util.List;

/**
 * What happened to the mailboxes of an account.
 *
 * @param changes oldest first
 * @param nextSeq where to go on
 * @param more whether there is more after {@code nextSeq}
 * @param historyLost the sequence number is too old: list anew
 */
public record AccountChanges(
    List<Change> changes, long nextSeq, boolean more, boolean historyLost) {
  public AccountChanges {
    changes = List.copyOf(changes);
  }

  public enum Kind {
    CREATED,
    DELETED,
    RENAMED,
    SUBSCRIBED,
    UNSUBSCRIBED
  }

  /**
   * One event.
   *
   * @param name the name after the change
   * @param oldName the name before a RENAMED, else equal to {@code name}
   */
  public record Change(long seq, Kind kind, MailboxName name, MailboxName oldName) {}
}
