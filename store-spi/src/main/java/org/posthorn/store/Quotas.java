package org.posthorn.store;

import java.util.List;

/**
 * Facet: quotas (RFC 9208). Every account has a root of its own ({@link QuotaRoot#ofAccount}), and
 * shares those that the {@link QuotaPolicy} names. Growth beyond a limit is refused with {@link
 * StoreException.Code#OVER_QUOTA} by {@link AppendGroup#next}, {@link AppendGroup#commit}, {@link
 * Append#write}, {@link Mailbox#copy}, {@link Mailbox#move} out of what the root covers, {@link
 * Account#create} and {@link Account#rename}; what shrinks or stays is never refused, even when a
 * limit was lowered below what is used. Figures are exact at every moment. Thread-safe; may block.
 */
public interface Quotas {
  /**
   * The roots that cover a mailbox and that the caller may ask about, its account's own first; of
   * another user's mailbox only roots that they share. There need not be a mailbox of that name
   * (RFC 9208 section 4.1.2).
   *
   * @throws StoreException NONEXISTENT when there is no such account; NO_PERMISSION for another
   *     user's mailbox that the caller cannot read
   */
  List<String> rootsOf(Identity who, MailboxName mailbox) throws StoreException;

  /**
   * What a root allows and what is used of it.
   *
   * @throws StoreException NONEXISTENT when there is no such root; NO_PERMISSION when it covers
   *     nothing of the caller's
   */
  QuotaRoot root(Identity who, String root) throws StoreException;

  /**
   * Sets all limits of a root; resources that are not named have none from now on, whatever the
   * policy says (RFC 9208 section 4.1.3).
   *
   * @throws StoreException NONEXISTENT, NO_PERMISSION
   */
  QuotaRoot setLimits(Identity who, String root, QuotaLimits limits) throws StoreException;

  /**
   * Whether so much more would fit into the account, so that mail can be refused before it is sent.
   *
   * @throws StoreException OVER_QUOTA with a text that names the resource; NONEXISTENT
   */
  void check(String account, QuotaUse more) throws StoreException;

  /**
   * Counts an account anew from its messages and puts right what differs, shared roots included.
   *
   * @return by how much the figures were wrong, {@link QuotaUse#NONE} when they were right
   * @throws StoreException NONEXISTENT
   */
  QuotaUse recount(String account) throws StoreException;
}
