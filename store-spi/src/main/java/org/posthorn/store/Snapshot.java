package org.posthorn.store;

import java.util.List;

/**
 * One consistent cut through a mailbox.
 *
 * @param uids all messages
 * @param uidNext greater than every UID given so far
 * @param highestModSeq MODSEQ of the latest change; 1 when there was none
 * @param firstUnseenUid the lowest UID without \Seen, 0 when there is none
 * @param keywords keywords that messages of this mailbox have or had
 */
public record Snapshot(
    MailboxInfo info,
    UidSet uids,
    long uidNext,
    long highestModSeq,
    long firstUnseenUid,
    List<String> keywords) {
  public Snapshot {
    keywords = List.copyOf(keywords);
  }

  /** The cursor from which {@link Mailbox#changesSince} tells what came after this cut. */
  public Cursor cursor() {
    return Cursor.after(highestModSeq);
  }
}
