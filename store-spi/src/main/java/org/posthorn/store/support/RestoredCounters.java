package org.posthorn.store.support;

import org.posthorn.store.Row;

/**
 * Where UIDNEXT and HIGHESTMODSEQ of a mailbox begin that comes back. Where it replaces one of the
 * same UIDVALIDITY that went further, clients know UIDs and MODSEQs which the backup does not: no
 * UID is given twice, and every message counts as changed now.
 *
 * @param uidNext of the mailbox
 * @param highestModSeq of the mailbox; what vanished up to here is not known
 * @param renewed whether every message gets that MODSEQ instead of the one it had
 */
public record RestoredCounters(long uidNext, long highestModSeq, boolean renewed) {
  /** As the backup has them. */
  public static RestoredCounters of(long uidNext, long highestModSeq) {
    return new RestoredCounters(uidNext, highestModSeq, false);
  }

  /** The same, beyond those of the mailbox of the same UIDVALIDITY that is replaced. */
  public RestoredCounters beyond(long otherUidNext, long otherModSeq) {
    if (otherUidNext <= uidNext && otherModSeq <= highestModSeq) {
      return this;
    }
    return new RestoredCounters(
        Math.max(uidNext, otherUidNext), Math.max(highestModSeq, otherModSeq) + 1, true);
  }

  /** The MODSEQ of a message that comes back. */
  public long modSeq(Row row) {
    return renewed ? highestModSeq : row.modSeq();
  }
}
