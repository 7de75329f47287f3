package org.posthorn.store;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.posthorn.mime.MessageIndex;

/**
 * An open mailbox. A handle: used by one thread at a time, never always the same; between calls it
 * holds no lock, transaction, connection or thread. UIDs cross this border, sequence numbers never
 * do. Sets may name UIDs that do not exist; those are passed over. After the mailbox was deleted
 * every method throws {@link StoreException.Code#NONEXISTENT}, except {@link #changesSince}, which
 * says so in its answer.
 */
public interface Mailbox extends AutoCloseable {
  /** As it was when it was opened; {@link #snapshot} and {@link #changesSince} tell how it is. */
  MailboxInfo info();

  Access access();

  /**
   * What the caller may do here, as it was when the mailbox was opened; all where the store has no
   * {@link Acl}.
   */
  default Rights rights() {
    return Rights.ALL;
  }

  /** One consistent cut, immutable and shared. */
  Snapshot snapshot() throws StoreException;

  /**
   * Rows of the messages named, ascending by UID, as many as the limit allows; {@link Page#next()}
   * says where to go on. A row always has UID, MODSEQ and flags; the rest as asked for.
   */
  Page list(UidSet uids, PageLimit max, Set<Item> items) throws StoreException;

  /**
   * Those of the messages that have a system flag, or have it not.
   *
   * @return empty where the store would have to read each message's row to tell, as it does unless
   *     it says otherwise
   */
  default Optional<UidSet> flagged(SystemFlag flag, boolean set, UidSet among)
      throws StoreException {
    return Optional.empty();
  }

  /**
   * What changed after a cursor, ordered by (MODSEQ, UID). Rows have UID, MODSEQ and flags. A page
   * tells of what lies after {@code from} up to {@link Changes#next()}, vanished messages as well.
   */
  Changes changesSince(Cursor from, PageLimit max) throws StoreException;

  /**
   * The octets of a message, exactly as stored. Outlives this handle.
   *
   * @throws StoreException EXPUNGED when the message is gone
   */
  MessageContent content(long uid) throws StoreException;

  /**
   * Changes flags. All changed messages of one call share one new MODSEQ. A message whose flags are
   * as wanted already is not changed.
   *
   * @param unchangedSince messages with a greater MODSEQ are refused (RFC 7162 section 3.1.3),
   *     tested atomically with the change
   * @throws StoreException READ_ONLY; LIMIT when there would be too many keywords
   */
  FlagsResult storeFlags(UidSet uids, FlagChange change, OptionalLong unchangedSince)
      throws StoreException;

  /**
   * Copies messages with flags and internal date; all or nothing. The copies are as recent as new
   * messages. The destination may be this mailbox. A copy shares the octets and the EMAILID.
   *
   * @throws StoreException NONEXISTENT when there is no such destination, CANNOT when it is not
   *     selectable, OVER_QUOTA, LIMIT
   */
  CopyResult copy(UidSet uids, MailboxName destination) throws StoreException;

  /** As copy, and the originals vanish; no message is lost or shown twice after recovery. */
  CopyResult move(UidSet uids, MailboxName destination) throws StoreException;

  /** Removes those of the named messages that have \Deleted. */
  Expunged expungeDeleted(UidSet among) throws StoreException;

  /** Removes the named messages whatever their flags. */
  Expunged remove(UidSet uids) throws StoreException;

  /**
   * Claims \Recent: messages from the returned UID on are recent to the caller and to no later one.
   * With {@link Access#READ} nothing is claimed, only told (RFC 9051 section 6.3.3); likewise while
   * nothing can be written, so that mail can be read from a full disk.
   *
   * @return the first UID that nobody claimed before; equals UIDNEXT when there is none
   */
  long claimRecent() throws StoreException;

  /**
   * Renews the stored index of a message (an older format version was met); not a change of the
   * mailbox.
   */
  void putIndex(long uid, MessageIndex index) throws StoreException;

  @Override
  void close() throws StoreException;
}
