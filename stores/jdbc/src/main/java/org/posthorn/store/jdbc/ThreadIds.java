package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.posthorn.sqlite.Db;

/** SQL of threads (RFC 8474 section 5.2). */
final class ThreadIds {
  private ThreadIds() {}

  /** The thread of a message with these keys, which belong to it from now on. */
  static String join(Db db, List<String> keys) throws SQLException {
    String thread = null;
    for (String key : keys) {
      thread =
          db.first(
              row -> row.getString(1),
              "SELECT thread FROM thread_key WHERE account = ? AND id = ?",
              db.tenant(),
              key);
      if (thread != null) {
        break;
      }
    }
    if (thread == null) {
      thread = NewIds.next('T');
    }
    join(db, keys, thread);
    return thread;
  }

  /** A message with these keys belongs to a thread, and later ones that have them too. */
  static void join(Db db, List<String> keys, String thread) throws SQLException {
    for (String key : keys) {
      db.update(
          "INSERT INTO thread_key (account, id, thread) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          db.tenant(),
          key,
          thread);
    }
  }

  /** Threads of bodies with numbers next to each other. */
  static List<String> of(Db db, long first, long last) throws SQLException {
    return db.all(
        row -> row.getString(1),
        "SELECT DISTINCT thread FROM body WHERE id BETWEEN ? AND ? AND thread IS NOT NULL",
        first,
        last);
  }

  /** Forgets a thread of which no message is left. */
  static void forgetIfEmpty(Db db, String thread) throws SQLException {
    if (db.number(
            "SELECT 1 FROM body WHERE account = ? AND thread = ? LIMIT 1", db.tenant(), thread)
        == 0) {
      db.update("DELETE FROM thread_key WHERE account = ? AND thread = ?", db.tenant(), thread);
    }
  }
}
