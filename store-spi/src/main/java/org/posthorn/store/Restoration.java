package org.posthorn.store;

import org.posthorn.mime.MessageIndex;

/**
 * Facet: puts mailboxes back exactly as they were, with their identity, UIDs and MODSEQs, from a
 * backup or another store. Nobody should use the account meanwhile. Thread-safe; may block.
 */
public interface Restoration {
  /**
   * Begins a mailbox that takes the place of the one that may have its name, whose messages are
   * lost then; superiors that are missing become mailboxes. Subscriptions and whatever other facets
   * keep are set afterwards by their own methods. Changes before {@code highestModSeq} are not
   * known of the new mailbox: {@link Changes#historyLost}.
   *
   * <p>A store that has {@link Promise#ATOMIC_RESTORE} builds it aside: until {@link
   * RestoreGroup#commit} the old one is there as if nothing were, and what was begun and not
   * committed leaves no trace, or what is left is removed by the next restoration of the account,
   * of which there is one at a time: once a later one was begun an earlier one may be refused with
   * NONEXISTENT. Any other store may take the old one away at once and show the messages as they
   * come; there a restoration that broke off is to be run again.
   *
   * <p>Where the mailbox that is replaced has the same UIDVALIDITY and went further, clients know
   * UIDs and MODSEQs that the backup does not. Then no UID is given again: UIDNEXT is the greater
   * of both, HIGHESTMODSEQ is greater than both, and every message that comes has it as its MODSEQ.
   * How far a mailbox went that was deleted before is not remembered.
   *
   * @param mailbox name, identity, UIDVALIDITY and special use count
   * @param uidNext greater than all UIDs that will come
   * @param highestModSeq not less than any MODSEQ that will come
   * @throws StoreException NONEXISTENT when there is no such account; ALREADY_EXISTS when another
   *     mailbox of the account, or of a store where identities are places, has that identity
   */
  RestoreGroup begin(String account, MailboxInfo mailbox, long uidNext, long highestModSeq)
      throws StoreException;

  /** Messages on their way back. A handle like {@link AppendGroup}. */
  interface RestoreGroup extends AutoCloseable {
    /**
     * The next message, in ascending order of UIDs.
     *
     * @param row UID, MODSEQ, flags, dates and ids count; what is null is made up
     * @throws StoreException TOO_BIG, LIMIT; CANNOT for a UID or MODSEQ out of order
     */
    Append next(Row row) throws StoreException;

    /**
     * The next message, whole: it has the octets of another one, which a store that can shares, as
     * COPY does, where the EMAILIDs are the same.
     *
     * @param like as in {@link AppendGroup#nextLike}
     * @param index of those octets
     * @throws StoreException as {@link #next}; EXPUNGED when the octets are gone
     */
    default void nextLike(Row row, MessageContent like, MessageIndex index) throws StoreException {
      ContentCopy.copy(like, next(row), index);
    }

    /**
     * The octets of a message of this group that was ended, for {@link #nextLike}.
     *
     * @throws StoreException EXPUNGED when there is none with that UID
     */
    MessageContent content(long uid) throws StoreException;

    /**
     * Puts the mailbox in its place, with the messages that were ended; no quota refuses it. To be
     * called once.
     *
     * @throws StoreException ALREADY_EXISTS as {@link Restoration#begin}; LIMIT when missing
     *     superiors are too many mailboxes
     */
    void commit() throws StoreException;

    /** Without a commit the mailbox that had the name stays, where the store promises it. */
    @Override
    void close() throws StoreException;
  }
}
