package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.SearchIndex.Scope;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.SearchTexts;

/** Texts with an index of their trigrams (pg_trgm), led by the account. */
final class PgTexts implements TextTable {
  private static final String BEFORE =
      "SELECT uid FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ? AND body IN"
          + " (SELECT body FROM text_index WHERE account = ? AND ";
  private static final String AFTER =
      " UNION ALL SELECT id FROM body WHERE account = ? AND indexed = 0"
          + " UNION ALL SELECT id FROM body WHERE account = ? AND indexed = 2) ORDER BY uid";
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
      case HEADER -> db.each(take, HEADER, mailbox, first, last, account, like, account, account);
      case BODY -> db.each(take, BODY, mailbox, first, last, account, like, account, account);
      case TEXT -> db.each(take, TEXT, mailbox, first, last, account, like, like, account, account);
    }
    return found.build().intersect(among);
  }
}
