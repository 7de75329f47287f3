package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.SearchIndex.Scope;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.SearchTexts;

/** Texts with an index of their trigrams (pg_trgm), led by the account. */
final class PgTexts implements TextTable {
  /**
   * What is found is found once, before the messages: a planner that does not know yet how large
   * the tables are would look for it again for each message.
   */
  private static final String BEFORE =
      "WITH found AS MATERIALIZED (SELECT body FROM text_index WHERE account = ? AND ";

  private static final String AFTER =
      " UNION ALL SELECT id FROM body WHERE account = ? AND indexed = 0"
          + " UNION ALL SELECT id FROM body WHERE account = ? AND indexed = 2)"
          + " SELECT m.uid FROM found f JOIN message m ON m.body = f.body"
          + " WHERE m.mailbox = ? AND m.uid BETWEEN ? AND ? ORDER BY m.uid";
  private static final String HEADER = BEFORE + "header LIKE ?" + AFTER;
  private static final String BODY = BEFORE + "content LIKE ?" + AFTER;
  private static final String TEXT = BEFORE + "(header LIKE ? OR content LIKE ?)" + AFTER;

  /** PostgreSQL keeps no NUL in a text; a needle has none either. */
  private static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\ufffd');
  }

  @Override
  public void add(Db db, long body, SearchTexts texts) throws SQLException {
    db.update(
        "INSERT INTO text_index (body, account, header, content) VALUES (?, ?, ?, ?)",
        body,
        db.tenant(),
        storable(texts.header()),
        storable(texts.body()));
  }

  @Override
  public void remove(Db db, long body) throws SQLException {
    db.update("DELETE FROM text_index WHERE body = ?", body);
  }

  @Override
  public UidSet find(Db db, long mailbox, UidSet among, Scope scope, String folded)
      throws SQLException {
    String like = "%" + folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    UidSet.Builder found = UidSet.builder();
    Db.RowReader take = row -> found.add(row.getLong(1));
    long first = among.first();
    long last = among.last();
    long account = db.tenant();
    switch (scope) {
      case HEADER -> db.each(take, HEADER, account, like, account, account, mailbox, first, last);
      case BODY -> db.each(take, BODY, account, like, account, account, mailbox, first, last);
      case TEXT -> db.each(take, TEXT, account, like, like, account, account, mailbox, first, last);
    }
    return found.build().intersect(among);
  }
}
