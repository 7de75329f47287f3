package org.posthorn.store;

import java.util.List;
import java.util.SortedMap;

/**
 * Facet: who may do what with a mailbox (RFC 4314). An identifier is the name of an account, {@link
 * #ANYONE}, or one of these after a minus sign: rights that are taken away whatever else gives
 * them. The owner's rights at first are all, and always {@link #OWNER_KEEPS}. A new mailbox
 * inherits from its superior; entries stay with a mailbox that is renamed and go with one that is
 * deleted.
 *
 * <p>A store with this facet shows each account the mailboxes of others on which it has the right
 * to look up, below {@link Namespaces#otherUsers()}, under the owner's account name; and every
 * method of {@link Account} and {@link Mailbox} asks for the rights that RFC 4314 section 4 names,
 * and throws NO_PERMISSION, or NONEXISTENT to somebody who has not even the right to look up.
 * {@link Role#ADMIN} has all rights on the account it opened, {@link Role#DELIVERY} may insert
 * there. Thread-safe; may block. A change counts from the next call of others on. Watchers of the
 * mailbox get a hint, and whoever watches the INBOX of an account that an entry names.
 */
public interface Acl {
  /** Everybody who logged in. */
  String ANYONE = "anyone";

  /** What cannot be taken from the owner. */
  Rights OWNER_KEEPS = Rights.of(Rights.Right.LOOKUP, Rights.Right.ADMINISTER);

  /** How {@link #set} combines rights. */
  enum Mode {
    REPLACE,
    ADD,
    REMOVE
  }

  /**
   * What an identifier may be given.
   *
   * @param always what it has in any case
   * @param optional rights that are given or taken together
   */
  record Grantable(Rights always, List<Rights> optional) {
    public Grantable {
      optional = List.copyOf(optional);
    }
  }

  /**
   * All entries by identifier.
   *
   * @throws StoreException NO_PERMISSION without the right to administer; NONEXISTENT
   */
  SortedMap<String, Rights> entries(Identity who, MailboxName mailbox) throws StoreException;

  /**
   * Changes an entry; one that is left without rights is removed.
   *
   * @throws StoreException NO_PERMISSION; NONEXISTENT for the mailbox; CANNOT for an identifier
   *     that names nobody; LIMIT when there would be too many
   */
  void set(Identity who, MailboxName mailbox, String identifier, Mode mode, Rights rights)
      throws StoreException;

  /** Removes an entry, if there is one. */
  void delete(Identity who, MailboxName mailbox, String identifier) throws StoreException;

  /** What an identifier may be given (LISTRIGHTS); asks for the right to administer. */
  Grantable grantable(Identity who, MailboxName mailbox, String identifier) throws StoreException;

  /**
   * What the caller may do.
   *
   * @throws StoreException NONEXISTENT when there is no such mailbox, or none that the caller may
   *     know of
   */
  Rights mine(Identity who, MailboxName mailbox) throws StoreException;
}
