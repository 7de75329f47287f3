package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Flags;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Keywords of messages. Each combination of keywords has a number, which stands in the rows of
 * messages: few combinations serve many messages, and SQL compares and changes them as numbers.
 * Thread-safe.
 */
final class Keywords {
  /** Remembered values of {@link Flags}; then it starts anew. */
  private static final int MOST_REMEMBERED = 10_000;

  /**
   * Combinations in one account, unused ones counted, before those that no message has are looked
   * for.
   */
  private static final int MOST_SETS = 50_000;

  private record Key(int systemBits, long set) {}

  private final Map<Key, Flags> remembered = new ConcurrentHashMap<>();
  private final int perMailbox;

  Keywords(int perMailbox) {
    this.perMailbox = perMailbox;
  }

  Flags flags(Db db, int systemBits, long set) throws SQLException {
    Key key = new Key(systemBits, set);
    Flags flags = remembered.get(key);
    if (flags == null) {
      flags = Flags.ofBits(systemBits, names(db, set));
      if (remembered.size() >= MOST_REMEMBERED) {
        remembered.clear();
      }
      remembered.put(key, flags);
    }
    return flags;
  }

  /**
   * The number of the keywords of {@code flags}, made when there is none yet, and noted as used in
   * the mailbox.
   */
  long intern(Db db, long mailbox, Flags flags) throws SQLException, StoreException {
    if (flags.keywords().isEmpty()) {
      return 0;
    }
    note(db, mailbox, flags.keywords());
    String text = String.join(" ", flags.keywords());
    long set =
        db.number(
            "SELECT id FROM keyword_set WHERE account = ? AND keywords = ?"
                + " AND substr(keywords, 1, 500) = substr(?, 1, 500)",
            db.tenant(),
            text,
            text);
    if (set != 0) {
      return set;
    }
    makeRoom(db);
    return db.number(
        "INSERT INTO keyword_set (account, keywords) VALUES (?, ?) RETURNING id",
        db.tenant(),
        text);
  }

  /** Notes the keywords of messages that were copied to a mailbox as used there. */
  void noteCopied(Db db, Set<Long> sets, long to) throws SQLException, StoreException {
    for (long set : sets) {
      if (set != 0) {
        note(db, to, names(db, set));
      }
    }
  }

  static List<String> ofMailbox(Db db, long mailbox) throws SQLException {
    return db.all(
        row -> row.getString(1),
        "SELECT keyword FROM mailbox_keyword WHERE mailbox = ? ORDER BY lower(keyword)",
        mailbox);
  }

  /** What a transaction that failed may have left here. */
  void forget() {
    remembered.clear();
  }

  private void note(Db db, long mailbox, List<String> keywords)
      throws SQLException, StoreException {
    int added = 0;
    for (String keyword : keywords) {
      added +=
          db.update(
              "INSERT INTO mailbox_keyword (mailbox, keyword) VALUES (?, ?) ON CONFLICT DO NOTHING",
              mailbox,
              keyword);
    }
    if (added > 0
        && db.number("SELECT count(*) FROM mailbox_keyword WHERE mailbox = ?", mailbox)
            > perMailbox) {
      throw new StoreException(Code.LIMIT, "too many keywords in this mailbox");
    }
  }

  private static List<String> names(Db db, long set) throws SQLException {
    if (set == 0) {
      return List.of();
    }
    String text =
        db.first(row -> row.getString(1), "SELECT keywords FROM keyword_set WHERE id = ?", set);
    if (text == null) {
      throw new SQLException("keyword set " + set + " is missing");
    }
    return List.of(text.split(" ", -1));
  }

  private static long sets(Db db) throws SQLException {
    return db.number("SELECT count(*) FROM keyword_set WHERE account = ?", db.tenant());
  }

  private static void makeRoom(Db db) throws SQLException, StoreException {
    if (sets(db) < MOST_SETS) {
      return;
    }
    db.update(
        "DELETE FROM keyword_set WHERE account = ? AND id NOT IN (SELECT s.keywords"
            + " FROM message_state s JOIN mailbox b ON b.id = s.mailbox WHERE b.account = ?)",
        db.tenant(),
        db.tenant());
    if (sets(db) >= MOST_SETS) {
      throw new StoreException(Code.LIMIT, "too many combinations of keywords");
    }
  }
}
