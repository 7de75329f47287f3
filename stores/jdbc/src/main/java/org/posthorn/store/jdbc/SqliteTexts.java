package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.SearchIndex.Scope;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.SearchTexts;

/** SQLite's full-text index, which keeps trigrams and no texts. */
final class SqliteTexts implements TextTable {
  @Override
  public void add(Db db, long body, SearchTexts texts) throws SQLException {
    db.update(
        "INSERT INTO text_index (rowid, header, body) VALUES (?, ?, ?)",
        body,
        texts.header(),
        texts.body());
  }

  @Override
  public void remove(Db db, long body) throws SQLException {
    db.update("DELETE FROM text_index WHERE rowid = ?", body);
  }

  @Override
  public UidSet find(Db db, long mailbox, UidSet among, Scope scope, String folded)
      throws SQLException {
    UidSet.Builder found = UidSet.builder();
    db.each(
        row -> found.add(row.getLong(1)),
        "SELECT uid FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ? AND body IN"
            + " (SELECT rowid FROM text_index WHERE text_index MATCH ?"
            + " UNION ALL SELECT id FROM body WHERE indexed = 0"
            + " UNION ALL SELECT id FROM body WHERE indexed = 2) ORDER BY uid",
        mailbox,
        among.first(),
        among.last(),
        column(scope) + '"' + folded.replace("\"", "\"\"") + '"');
    return found.build().intersect(among);
  }

  private static String column(Scope scope) {
    return switch (scope) {
      case HEADER -> "header : ";
      case BODY -> "body : ";
      case TEXT -> "";
    };
  }
}
