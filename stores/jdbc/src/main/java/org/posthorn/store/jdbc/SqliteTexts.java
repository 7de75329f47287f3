package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.SearchIndex.Scope;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.SearchTexts;

/** SQLite's full-text index, which keeps trigrams and no texts. */
final class SqliteTexts implements TextTable {
  /** From the texts to the messages, in this order: what is found costs, not what there is. */
  private static final String BY_TEXT =
      "SELECT m.uid FROM (SELECT rowid AS id FROM text_index WHERE text_index MATCH ?"
          + " UNION ALL SELECT id FROM body WHERE indexed = 0"
          + " UNION ALL SELECT id FROM body WHERE indexed = 2) AS b"
          + " CROSS JOIN message AS m INDEXED BY message_body ON m.body = b.id"
          + " WHERE m.mailbox = ? AND m.uid BETWEEN ? AND ? ORDER BY m.uid";

  /** Where very many are not in the index yet, each message is asked whether it is. */
  private static final String BY_MAILBOX =
      "SELECT uid FROM message AS m WHERE (+m.body IN (SELECT rowid FROM text_index WHERE"
          + " text_index MATCH ?) OR (SELECT indexed FROM body WHERE id = m.body) <> 1)"
          + " AND mailbox = ? AND uid BETWEEN ? AND ? ORDER BY uid";

  private static final int MANY = 10_000;

  private static boolean manyWait(Db db) throws SQLException {
    return db.number("SELECT count(*) FROM (SELECT 1 FROM body WHERE indexed = 0 LIMIT ?)", MANY)
        == MANY;
  }

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
    return manyWait(db)
        ? findByMailbox(db, mailbox, among, scope, folded)
        : findByText(db, mailbox, among, scope, folded);
  }

  static UidSet findByText(Db db, long mailbox, UidSet among, Scope scope, String folded)
      throws SQLException {
    return find(db, BY_TEXT, mailbox, among, scope, folded);
  }

  static UidSet findByMailbox(Db db, long mailbox, UidSet among, Scope scope, String folded)
      throws SQLException {
    return find(db, BY_MAILBOX, mailbox, among, scope, folded);
  }

  private static UidSet find(
      Db db, String sql, long mailbox, UidSet among, Scope scope, String folded)
      throws SQLException {
    UidSet.Builder found = UidSet.builder();
    db.each(
        row -> found.add(row.getLong(1)),
        sql,
        column(scope) + '"' + folded.replace("\"", "\"\"") + '"',
        mailbox,
        among.first(),
        among.last());
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
