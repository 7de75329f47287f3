package org.posthorn.store;

import java.util.Optional;

/**
 * Facet: mailbox access keys (RFC 4467 section 2.2): for each user and mailbox 32 random octets
 * that sign URLs. They stay with a mailbox that is renamed and go with one that is deleted.
 * Thread-safe; may block.
 */
public interface UrlKeys {
  /** Octets of a key. */
  int KEY_OCTETS = 32;

  /**
   * The caller's key of a mailbox; made when there is none.
   *
   * @throws StoreException NONEXISTENT, NO_PERMISSION when the caller may not read the mailbox
   */
  byte[] key(Identity who, MailboxName mailbox) throws StoreException;

  /**
   * A user's key of a mailbox, to check a URL that the user signed.
   *
   * @param account whose key, and whose name for the mailbox
   * @return empty also when there is no such account or mailbox
   */
  Optional<byte[]> find(String account, MailboxName mailbox) throws StoreException;

  /** Gives the caller a new key of a mailbox: URLs signed with the old one are void. */
  void reset(Identity who, MailboxName mailbox) throws StoreException;

  /** Removes all of the caller's keys. */
  void resetAll(Identity who) throws StoreException;
}
