package org.posthorn.store;

import org.posthorn.mime.MessageIndex;

/**
 * Facet: puts mailboxes back exactly as they were, with their identity, UIDs and MODSEQs, from a
 * backup or another store. Nobody should use the account meanwhile. Thread-safe; may block.
 */
public interface Restoration {
  /**
   * Makes a mailbox, instead of the one that may have its name, whose messages are lost then;
   * superiors that are missing become mailboxes. Subscriptions and whatever other facets keep are
   * set afterwards by their own methods. Changes before {@code highestModSeq} are not known of the
   * new mailbox: {@link Changes#historyLost}.
   *
   * <p>Where the mailbox that is replaced has the same UIDVALIDITY and went further, clients know
   * UIDs and MODSEQs that the backup does not. Then no UID is given again: UIDNEXT is the greater
   * of both, HIGHESTMODSEQ is greater than both, and every message that comes has it as its MODSEQ.
   * How far a mailbox went that was deleted before is not remembered.
   *
   * <p>What was there is gone when this returns. Whoever wants to be sure that all comes back looks
   * at it before; a restoration that broke off is begun again.
   *
   * @param mailbox name, identity, UIDVALIDITY and special use count
   * @param uidNext greater than all UIDs that will come
   * @param highestModSeq not less than any MODSEQ that will come
   * @throws StoreException NONEXISTENT when there is no such account; ALREADY_EXISTS when another
   *     mailbox of the account, or of a store where identities are places, has that identity; LIMIT
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

    /** Publishes the messages that were ended since the last time, as they are; no quota counts. */
    void publish() throws StoreException;

    /** What was not published leaves no trace. */
    @Override
    void close() throws StoreException;
  }
}
