package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.QuotaBook;

/**
 * Totals in a table. A row of {@code account} says in which roots it counts, whatever the policy of
 * this process says; so all processes agree. Whoever changes an account adds to the roots last, in
 * the order of their names, and holds their rows until the commit.
 */
final class PgTotals implements SharedTotals {
  private static final String SEPARATOR = "\n";

  private final PgPool pool;
  private final QuotaBook book;

  PgTotals(PgPool pool, QuotaBook book) {
    this.pool = pool;
    this.book = book;
  }

  private record Member(Db db, List<String> roots, QuotaUse before) {}

  @Override
  public @Nullable Change begin(Db... accounts) throws SQLException {
    List<Member> members = new ArrayList<>(0);
    for (Db db : accounts) {
      List<String> roots = roots(db);
      if (!roots.isEmpty()) {
        members.add(new Member(db, roots, Use.of(db)));
      }
    }
    return members.isEmpty() ? null : growth -> settle(members, accounts[0], growth);
  }

  /**
   * Only the first account, which the change is for, is refused anything; a root in which both
   * count grows by the difference.
   */
  private void settle(List<Member> members, Db first, QuotaUse growth)
      throws SQLException, StoreException {
    Map<String, QuotaUse> changes = new TreeMap<>();
    Map<String, QuotaUse> asked = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (Member member : members) {
      QuotaUse change = Use.of(member.db).minus(member.before);
      for (String root : member.roots) {
        changes.merge(root, change, QuotaUse::plus);
        if (!seen.add(root)) {
          asked.put(root, changes.getOrDefault(root, QuotaUse.NONE));
        } else if (member.db == first) {
          asked.put(root, growth);
        }
      }
    }
    for (Map.Entry<String, QuotaUse> entry : changes.entrySet()) {
      if (!entry.getValue().equals(QuotaUse.NONE)) {
        add(
            first,
            entry.getKey(),
            entry.getValue(),
            asked.getOrDefault(entry.getKey(), QuotaUse.NONE));
      }
    }
  }

  private void add(Db db, String root, QuotaUse change, QuotaUse asked)
      throws SQLException, StoreException {
    QuotaUse before = lock(db, root);
    QuotaResource exceeded = book.limits(root).exceededBy(before, asked);
    if (exceeded != null) {
      throw new StoreException(
          Code.OVER_QUOTA, "the " + exceeded + " quota of " + root + " would be exceeded");
    }
    put(db, root, before.plus(change));
  }

  /** What is used of a root, which nobody else changes until the end of the transaction. */
  private static QuotaUse lock(Db db, String root) throws SQLException {
    db.update(
        "INSERT INTO quota_root (root, storage, messages, mailboxes) VALUES (?, 0, 0, 0)"
            + " ON CONFLICT DO NOTHING",
        root);
    QuotaUse use =
        db.first(
            row -> new QuotaUse(row.getLong(1), row.getLong(2), row.getLong(3)),
            "SELECT storage, messages, mailboxes FROM quota_root WHERE root = ? FOR UPDATE",
            root);
    return use == null ? QuotaUse.NONE : use;
  }

  private static void put(Db db, String root, QuotaUse use) throws SQLException {
    db.update(
        "UPDATE quota_root SET storage = ?, messages = ?, mailboxes = ? WHERE root = ?",
        use.storage(),
        use.messages(),
        use.mailboxes(),
        root);
  }

  private static List<String> roots(Db db) throws SQLException {
    String stored =
        db.first(
            row -> row.getString(1), "SELECT quota_roots FROM account WHERE id = ?", db.tenant());
    return stored == null || stored.isEmpty() ? List.of() : List.of(stored.split(SEPARATOR, -1));
  }

  @Override
  public void join(Db db, String account) throws SQLException {
    if (book.policy() != QuotaPolicy.NONE) {
      join(db, book.sharedRoots(account));
    }
  }

  private static void join(Db db, List<String> now) throws SQLException {
    List<String> before = roots(db);
    if (before.equals(now)) {
      return;
    }
    QuotaUse use = Use.of(db);
    TreeSet<String> touched = new TreeSet<>(before);
    touched.addAll(now);
    for (String root : touched) {
      QuotaUse total = lock(db, root);
      total = before.contains(root) ? total.minus(use) : total;
      put(db, root, now.contains(root) ? total.plus(use) : total);
    }
    db.update(
        "UPDATE account SET quota_roots = ? WHERE id = ?",
        String.join(SEPARATOR, now),
        db.tenant());
  }

  /** Takes an account that is about to go out of its roots. */
  static void leave(Db db) throws SQLException {
    join(db, List.of());
  }

  @Override
  public void recount(Db db, String account) throws SQLException {
    join(db, account);
    for (String root : new TreeSet<>(roots(db))) {
      lock(db, root);
      QuotaUse counted =
          db.first(
              row -> new QuotaUse(row.getLong(1), row.getLong(2), row.getLong(3)),
              "SELECT coalesce(sum(m.octets), 0), coalesce(sum(m.messages), 0), count(m.object_id)"
                  + " FROM account a JOIN mailbox m ON m.account = a.id"
                  + " WHERE ? = ANY (string_to_array(a.quota_roots, chr(10)))",
              root);
      put(db, root, counted == null ? QuotaUse.NONE : counted);
    }
  }

  @Override
  public List<String> strangers() throws StoreException {
    return pool.read(
        0,
        db -> {
          List<String> found = new ArrayList<>();
          db.each(
              row -> {
                if (!row.getString(2)
                    .equals(String.join(SEPARATOR, book.sharedRoots(row.getString(1))))) {
                  found.add(row.getString(1));
                }
              },
              "SELECT name, quota_roots FROM account WHERE state = ?",
              Directory.THERE);
          return found;
        });
  }

  @Override
  public QuotaUse total(String root) throws StoreException {
    return pool.read(
        0,
        db -> {
          QuotaUse use =
              db.first(
                  row -> new QuotaUse(row.getLong(1), row.getLong(2), row.getLong(3)),
                  "SELECT storage, messages, mailboxes FROM quota_root WHERE root = ?",
                  root);
          return use == null ? QuotaUse.NONE : use;
        });
  }
}
