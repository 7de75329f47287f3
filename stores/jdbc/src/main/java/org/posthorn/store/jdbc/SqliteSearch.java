package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.mime.CaseMap;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Mailbox;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.Sharing;

/** Searches in SQLite's full-text index of trigrams. */
final class SqliteSearch implements SearchIndex {
  private static final int SHORTEST = 3;

  /** Code points of a needle that are looked up; what follows narrows a superset no further. */
  private static final int LONGEST = 200;

  @Override
  public UidSet candidates(Mailbox mailbox, UidSet among, Scope scope, String needle)
      throws StoreException {
    if (!(Sharing.unwrapped(mailbox) instanceof SqliteMailbox own)) {
      throw new IllegalArgumentException("a mailbox of another store");
    }
    String folded = CaseMap.fold(needle);
    int length = folded.codePointCount(0, folded.length());
    if (among.isEmpty() || length < SHORTEST || folded.indexOf('\0') >= 0) {
      return among;
    }
    String phrase = folded.substring(0, folded.offsetByCodePoints(0, Math.min(length, LONGEST)));
    own.file().texts.catchUp();
    String match = column(scope) + '"' + phrase.replace("\"", "\"\"") + '"';
    return own.file().read(db -> find(db, own.rowId(), among, match));
  }

  private static String column(Scope scope) {
    return switch (scope) {
      case HEADER -> "header : ";
      case BODY -> "body : ";
      case TEXT -> "";
    };
  }

  /** Those that match, and those that the index does not know. */
  private static UidSet find(Db db, long mailbox, UidSet among, String match)
      throws SQLException, StoreException {
    MailboxRow.require(db, mailbox);
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
        match);
    return found.build().intersect(among);
  }
}
