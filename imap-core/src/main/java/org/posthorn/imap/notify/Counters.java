package org.posthorn.imap.notify;

import java.util.EnumSet;
import java.util.Set;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.StatusItem;
import org.posthorn.store.UidSet;

/** What the client knows of a mailbox that is not selected. Immutable. */
record Counters(long uidValidity, long messages, long uidNext, long unseen, long modSeq) {
  static final Set<StatusItem> ITEMS =
      Set.copyOf(
          EnumSet.of(
              StatusItem.UIDVALIDITY,
              StatusItem.MESSAGES,
              StatusItem.UIDNEXT,
              StatusItem.UNSEEN,
              StatusItem.HIGHESTMODSEQ));

  static Counters of(MailboxStatus status) {
    return new Counters(
        status.get(StatusItem.UIDVALIDITY),
        status.get(StatusItem.MESSAGES),
        status.get(StatusItem.UIDNEXT),
        status.get(StatusItem.UNSEEN),
        status.get(StatusItem.HIGHESTMODSEQ));
  }

  /** Of a mailbox that the client has just made. */
  static Counters empty(long uidValidity) {
    return new Counters(uidValidity, 0, 1, 0, -1);
  }

  /** The client itself has put messages there. */
  Counters with(UidSet arrived) {
    return new Counters(
        uidValidity, messages + arrived.size(), Math.max(uidNext, arrived.last() + 1), unseen, -1);
  }

  /** Whether messages came or went since. */
  boolean sameMessages(Counters other) {
    return messages == other.messages
        && uidNext == other.uidNext
        && uidValidity == other.uidValidity;
  }

  /**
   * Whether nothing at all changed since. Where the client's own change moved the MODSEQ, nobody
   * knows to where.
   */
  boolean sameState(Counters other) {
    return sameMessages(other)
        && (modSeq == other.modSeq || modSeq < 0)
        && (unseen == other.unseen || modSeq < 0);
  }
}
