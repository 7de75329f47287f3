package org.posthorn.store.jdbc;

import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.support.AclTable;
import org.posthorn.store.support.HintBus;
import org.posthorn.store.support.QuotaBook;

/** What the two kinds of database do differently; all else is shared. */
interface Engine {
  /** What accounts share. */
  Transactions directory();

  /**
   * What is kept of one account; nothing is opened yet.
   *
   * @param id its number in the directory
   * @param uidValidityFloor mailboxes get a greater UIDVALIDITY
   */
  AccountRows account(String name, long id, long uidValidityFloor);

  TextTable texts();

  /** Exclusive use of the mailboxes of one account. */
  Leases leases(AccountRows rows);

  /** What carries hints to other processes; accounts go by their numbers. Ends with the engine. */
  HintBus hints();

  AclTable acl(Directory directory) throws StoreException;

  Moves moves(Directory directory);

  /** Null where one process is alone and counts shared quota roots in memory. */
  @Nullable SharedTotals totals(QuotaBook book);

  /** Whether nothing can be changed, and another process may be at work. */
  default boolean isReadOnly() {
    return false;
  }

  /** What brings accounts up to date that nobody opens; null where all are one. */
  default Upkeep.@Nullable Task upgrade(Directory directory) {
    return null;
  }

  /** Before first use. */
  void prepare() throws StoreException;

  /** Called when all accounts are closed. */
  void close() throws StoreException;
}
