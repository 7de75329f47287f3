package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.SearchIndex.Scope;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.SearchTexts;

/** SQL of an index of the trigrams of folded texts, by the number of their body. */
interface TextTable {
  void add(Db db, long body, SearchTexts texts) throws SQLException;

  void remove(Db db, long body) throws SQLException;

  /**
   * Messages that hold a text, and those that the index does not know.
   *
   * @param folded three characters or more, no NUL among them
   */
  UidSet find(Db db, long mailbox, UidSet among, Scope scope, String folded) throws SQLException;
}
