package org.posthorn.store;

/**
 * A position in the change history of a mailbox: all changes up to and including ({@code modSeq},
 * {@code uid}) are known. A page that ends inside one MODSEQ stops at a UID; otherwise {@code uid}
 * is {@link Long#MAX_VALUE}.
 */
public record Cursor(long modSeq, long uid) {
  /** Everything with this MODSEQ and below is known. */
  public static Cursor after(long modSeq) {
    return new Cursor(modSeq, Long.MAX_VALUE);
  }

  /** Whether a change at (modSeq, uid) lies beyond this position. */
  public boolean isBefore(long otherModSeq, long otherUid) {
    return otherModSeq > modSeq || (otherModSeq == modSeq && otherUid > uid);
  }
}
