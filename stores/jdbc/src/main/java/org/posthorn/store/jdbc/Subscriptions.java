package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.posthorn.sqlite.Db;
import org.posthorn.store.MailboxName;

/** Subscribed names, whether or not there is a mailbox. */
final class Subscriptions {
  private Subscriptions() {}

  /** False when it was subscribed already. */
  static boolean add(Db db, MailboxName name) throws SQLException {
    return db.update(
            "INSERT INTO subscription (account, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
            db.tenant(),
            name.path())
        > 0;
  }

  static boolean remove(Db db, MailboxName name) throws SQLException {
    return db.update(
            "DELETE FROM subscription WHERE account = ? AND name = ?", db.tenant(), name.path())
        > 0;
  }

  static boolean contains(Db db, MailboxName name) throws SQLException {
    return db.number(
            "SELECT 1 FROM subscription WHERE account = ? AND name = ?", db.tenant(), name.path())
        != 0;
  }

  static long count(Db db) throws SQLException {
    return db.number("SELECT count(*) FROM subscription WHERE account = ?", db.tenant());
  }

  static Set<MailboxName> all(Db db) throws SQLException {
    Set<MailboxName> names = new HashSet<>();
    db.each(
        row -> names.add(MailboxName.parse(row.getString(1))),
        "SELECT name FROM subscription WHERE account = ?",
        db.tenant());
    return names;
  }
}
