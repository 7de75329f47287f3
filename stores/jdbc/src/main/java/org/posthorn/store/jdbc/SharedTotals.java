package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;

/** What is used of shared quota roots, where the database itself keeps it for several processes. */
interface SharedTotals {
  /** A change of an account, from the lock of its row to just before the commit. */
  interface Change {
    /**
     * Adds what changed to the roots, whose rows stay locked until the commit.
     *
     * @param growth what of it limits may refuse
     * @throws StoreException OVER_QUOTA
     */
    void settle(QuotaUse growth) throws SQLException, StoreException;
  }

  /** Null when the account, or those of a change together, count in no shared root. */
  @Nullable Change begin(Db... accounts) throws SQLException;

  /** Makes an account count in the roots that the policy names; without one in those it had. */
  void join(Db db, String account) throws SQLException;

  /** As join, and counts all members of the roots anew. */
  void recount(Db db, String account) throws SQLException;

  /** Accounts that do not count where the policy says. */
  List<String> strangers() throws StoreException;

  QuotaUse total(String root) throws StoreException;
}
