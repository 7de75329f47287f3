package org.posthorn.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The mailboxes of one account as one identity sees them. A handle: used by one thread at a time,
 * never always the same; between calls it holds no lock, transaction, connection or thread.
 */
public interface Account extends AutoCloseable {
  Identity identity();

  Namespaces namespaces() throws StoreException;

  /** The mailboxes that match; may be a superset, the engine matches again. Ordered by name. */
  List<MailboxInfo> list(ListQuery query) throws StoreException;

  /**
   * Counters of one mailbox, answered without opening it.
   *
   * @throws StoreException NONEXISTENT; CANNOT when the name cannot be selected
   */
  MailboxStatus status(MailboxName name, Set<StatusItem> items) throws StoreException;

  /**
   * Creates a mailbox; superiors that are missing become mailboxes too. A name that is not
   * selectable becomes a mailbox.
   *
   * @throws StoreException ALREADY_EXISTS, NO_PERMISSION, LIMIT; USE_ATTRIBUTE for a special use
   *     that no mailbox can have here, ALL and FLAGGED in most stores
   */
  MailboxInfo create(MailboxName name, Set<SpecialUse> use) throws StoreException;

  /**
   * Deletes a mailbox with its messages. With inferiors its name stays, not selectable (RFC 9051
   * section 6.3.5), until it is deleted itself; that is refused while it has inferiors.
   *
   * @throws StoreException NONEXISTENT; HAS_CHILDREN; CANNOT for INBOX
   */
  void delete(MailboxName name) throws StoreException;

  /**
   * Renames a mailbox, or a name that is not selectable, with its inferiors; superiors that are
   * missing become mailboxes; subscriptions do not follow. INBOX: its messages move to a new
   * mailbox of that name, INBOX stays, empty, and so do its inferiors (RFC 9051 section 6.3.6).
   *
   * @throws StoreException NONEXISTENT; ALREADY_EXISTS; LIMIT; CANNOT when the new name is an
   *     inferior of the old one, or an inferior's name would become too long
   */
  void rename(MailboxName from, MailboxName to) throws StoreException;

  /** Subscribes to a name, whether or not a mailbox has it. */
  void subscribe(MailboxName name) throws StoreException;

  void unsubscribe(MailboxName name) throws StoreException;

  /**
   * Opens a mailbox.
   *
   * @throws StoreException NONEXISTENT; CANNOT when not selectable; IN_USE when EXCLUSIVE is taken;
   *     NO_PERMISSION
   */
  Mailbox open(MailboxName name, Access access) throws StoreException;

  /**
   * Starts to add messages: all of the group become visible at {@link AppendGroup#commit()}, or
   * none.
   *
   * @param replaces a message that disappears in the same step (RFC 8508)
   * @throws StoreException NONEXISTENT (the engine answers TRYCREATE), CANNOT when not selectable,
   *     EXPUNGED when the message to replace is gone, OVER_QUOTA, NO_PERMISSION
   */
  AppendGroup beginAppend(MailboxName destination, Optional<Replaced> replaces)
      throws StoreException;

  /**
   * Whether {@link #beginAppend} to this mailbox, with nothing to replace, and {@link
   * AppendGroup#next} for its first message would answer from memory now, as {@link
   * MailStore#answersAtOnce} has it. Itself it does so always.
   */
  default boolean beginsAppendAtOnce(MailboxName destination) {
    return false;
  }

  /**
   * Tells of changes from now on until closed. An in-process store calls the sink after the commit
   * and before the changing call returns. A {@link WatchSpec.Subtree} hears of mailboxes made,
   * renamed (under the old or the new name), deleted, subscribed and unsubscribed below it as well:
   * whoever hears asks {@link #changesSince} too. A change of a name that has no mailbox is hinted
   * at as one of INBOX.
   */
  AutoCloseable watch(WatchSpec what, HintSink sink) throws StoreException;

  /**
   * Changes of mailbox names and subscriptions after a sequence number of this account, at most
   * {@code max} of them. 0 asks for all that is known; a number beyond the latest gives nothing but
   * the latest number.
   */
  AccountChanges changesSince(long accountSeq, int max) throws StoreException;

  @Override
  void close() throws StoreException;
}
