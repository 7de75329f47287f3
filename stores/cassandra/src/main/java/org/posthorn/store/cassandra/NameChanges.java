package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** How changes of names are written down. */
final class NameChanges {
  private NameChanges() {}

  /** In the order of the numbers. */
  static String number(long change) {
    return String.format(Locale.ROOT, "%019d", change);
  }

  static int code(Kind kind) {
    return switch (kind) {
      case CREATED -> 1;
      case DELETED -> 2;
      case RENAMED -> 3;
      case SUBSCRIBED -> 4;
      case UNSUBSCRIBED -> 5;
    };
  }

  static Kind kind(int code) {
    for (Kind kind : Kind.values()) {
      if (code(kind) == code) {
        return kind;
      }
    }
    throw new IllegalStateException("account change of unknown kind " + code);
  }

  /** Those after a number, the first of them. */
  static AccountChanges since(Cql cql, Tree tree, long seq, int max) throws StoreException {
    if (seq < tree.floor) {
      return new AccountChanges(List.of(), tree.lastChange, false, true);
    }
    List<AccountChanges.Change> changes = new ArrayList<>();
    if (seq < tree.lastChange) {
      for (Row row :
          cql.all(
              "SELECT key, change, mailbox, old_name FROM account WHERE name = ? AND kind = 2"
                  + " AND key > ? LIMIT ?",
              tree.account,
              number(Math.max(0, seq)),
              max)) {
        changes.add(
            new AccountChanges.Change(
                Long.parseLong(Accounts.text(row, "key")),
                kind(row.getInt("change")),
                MailboxName.parse(Accounts.text(row, "mailbox")),
                MailboxName.parse(Accounts.text(row, "old_name"))));
      }
    }
    long next = changes.isEmpty() ? tree.lastChange : changes.get(changes.size() - 1).seq();
    return new AccountChanges(changes, next, next < tree.lastChange, false);
  }
}
