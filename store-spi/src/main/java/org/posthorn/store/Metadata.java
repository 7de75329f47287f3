package org.posthorn.store;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Facet: annotations of mailboxes and of the server (RFC 5464). Private entries are each user's
 * own, also on another user's mailbox. Entries stay with a mailbox that is renamed and go with one
 * that is deleted. Values are octets; callers do not change arrays that they gave or got.
 * Thread-safe; may block.
 *
 * <p>A mailbox's entries may be read and private ones set by who may look it up and has one of the
 * rights r, s, w, i, p; shared ones are set by who has w (RFC 5464 section 3.3). Shared entries of
 * the server are set by {@link Role#ADMIN}.
 */
public interface Metadata {
  /**
   * How much is kept. The defaults fit into the commands of an IMAP client by its default limits.
   *
   * @param valueOctets of one value; more is answered TOO_BIG (METADATA MAXSIZE)
   * @param entries of one user, and shared, on one mailbox or the server; more is answered LIMIT
   *     (METADATA TOOMANY)
   */
  record Limits(int valueOctets, int entries) {
    public static final Limits DEFAULTS = new Limits(32 << 10, 100);
  }

  Limits limits();

  /**
   * All entries that the caller may see.
   *
   * @param mailbox empty: of the server
   * @throws StoreException NONEXISTENT, NO_PERMISSION
   */
  SortedMap<EntryName, byte[]> get(Identity who, Optional<MailboxName> mailbox)
      throws StoreException;

  /**
   * Sets and removes entries, all or none. Watchers of the mailbox get a hint; entries of the
   * server are hinted at as the INBOX of whoever sets them.
   *
   * @param changes an empty value removes the entry
   * @throws StoreException NONEXISTENT, NO_PERMISSION, TOO_BIG, LIMIT; CANNOT for {@code
   *     /shared/admin} of the server unless by {@link Role#ADMIN}
   */
  void set(Identity who, Optional<MailboxName> mailbox, Map<EntryName, Optional<byte[]>> changes)
      throws StoreException;
}
