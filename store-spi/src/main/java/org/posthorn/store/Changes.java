package org.posthorn.store;

import java.util.List;

/**
 * A page of the change history.
 *
 * @param changed messages that are new or whose flags changed, with their present state, ordered by
 *     (MODSEQ, UID)
 * @param vanished messages that went, those that came and went meanwhile included
 * @param next where to go on
 * @param more whether there is more after {@code next}; only when false do the figures below
 *     describe a state that the caller has reached
 * @param historyLost vanished messages are no longer known that far back: compare with a {@link
 *     Snapshot} instead; {@code changed} is complete all the same
 * @param mailboxGone the mailbox was deleted
 */
public record Changes(
    List<Row> changed,
    UidSet vanished,
    Cursor next,
    boolean more,
    boolean historyLost,
    boolean mailboxGone,
    MailboxInfo info,
    long uidNext,
    long highestModSeq) {
  public Changes {
    changed = List.copyOf(changed);
  }
}
