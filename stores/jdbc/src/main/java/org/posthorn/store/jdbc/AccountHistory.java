package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.posthorn.sqlite.Db;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.AccountChanges.Change;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.MailboxName;

/** What happened to the names of an account, the latest changes of it. */
final class AccountHistory {
  private AccountHistory() {}

  static void add(Db db, Settings settings, Kind kind, MailboxName name, MailboxName oldName)
      throws SQLException {
    long seq =
        db.number(
            "UPDATE account SET last_change = last_change + 1 WHERE id = ? RETURNING last_change",
            db.tenant());
    db.update(
        "INSERT INTO account_change (account, seq, kind, name, old_name) VALUES (?, ?, ?, ?, ?)",
        db.tenant(),
        seq,
        code(kind),
        name.path(),
        oldName.path());
    long floor = seq - settings.accountChanges();
    if (floor > 0) {
      db.update("DELETE FROM account_change WHERE account = ? AND seq <= ?", db.tenant(), floor);
      db.update("UPDATE account SET history_floor = ? WHERE id = ?", floor, db.tenant());
    }
  }

  static AccountChanges since(Db db, long seq, int max) throws SQLException {
    if (seq < db.number("SELECT history_floor FROM account WHERE id = ?", db.tenant())) {
      return new AccountChanges(List.of(), last(db), false, true);
    }
    List<Change> changes =
        db.all(
            row ->
                new Change(
                    row.getLong(1),
                    kind(row.getInt(2)),
                    MailboxName.parse(row.getString(3)),
                    MailboxName.parse(row.getString(4))),
            "SELECT seq, kind, name, old_name FROM account_change WHERE account = ? AND seq > ?"
                + " ORDER BY seq LIMIT ?",
            db.tenant(),
            seq,
            max + 1L);
    boolean more = changes.size() > max;
    List<Change> page = more ? changes.subList(0, max) : changes;
    long next = page.isEmpty() ? last(db) : page.get(page.size() - 1).seq();
    return new AccountChanges(page, next, more, false);
  }

  private static long last(Db db) throws SQLException {
    return db.number("SELECT last_change FROM account WHERE id = ?", db.tenant());
  }

  private static int code(Kind kind) {
    return switch (kind) {
      case CREATED -> 1;
      case DELETED -> 2;
      case RENAMED -> 3;
      case SUBSCRIBED -> 4;
      case UNSUBSCRIBED -> 5;
    };
  }

  private static Kind kind(int code) throws SQLException {
    for (Kind kind : Kind.values()) {
      if (code(kind) == code) {
        return kind;
      }
    }
    throw new SQLException("account change of unknown kind " + code);
  }
}
