package org.posthorn.store.jdbc.kill;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.sqlite.Connector;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.PostgresStore;
import org.posthorn.store.jdbc.SqliteStore;

/** Opens the store in a directory or at the address of a database, and looks through it. */
final class StormStore {
  private static final String ROOT = "team";

  /**
   * A machine busy with other tests may take long to let somebody in; where the time is over, the
   * failure says which database could not be used.
   */
  private static final String PATIENCE = "?connectTimeout=60&loginTimeout=60";

  private static final QuotaPolicy POLICY =
      new QuotaPolicy() {
        @Override
        public List<String> sharedRoots(String account) {
          return StormProcess.ACCOUNTS.contains(account) ? List.of(ROOT) : List.of();
        }
      };

  private StormStore() {}

  private static boolean isDatabase(String place) {
    return place.startsWith("postgresql:");
  }

  static MailStore open(String place) throws StoreException {
    return isDatabase(place)
        ? PostgresStore.at(place + PATIENCE).quotas(POLICY).connections(3, 3).open()
        : SqliteStore.in(Path.of(place)).quotas(POLICY).open();
  }

  /** What is wrong with the accounts and what they share. */
  static List<String> check(MailStore store) throws StoreException {
    List<String> wrong = new ArrayList<>();
    for (String account : StormProcess.ACCOUNTS) {
      wrong.addAll(
          store instanceof PostgresStore postgres
              ? postgres.check(account)
              : ((SqliteStore) store).check(account));
    }
    checkQuotas(store.facet(Quotas.class).orElseThrow(), wrong);
    return wrong;
  }

  private static void checkQuotas(Quotas quotas, List<String> wrong) throws StoreException {
    QuotaUse shared = used(quotas, StormProcess.ACCOUNTS.get(0), ROOT);
    QuotaUse sum = QuotaUse.NONE;
    for (String account : StormProcess.ACCOUNTS) {
      sum = sum.plus(used(quotas, account, QuotaRoot.ofAccount(account)));
      QuotaUse difference = quotas.recount(account);
      if (!difference.equals(QuotaUse.NONE)) {
        wrong.add("quota of " + account + " was wrong by " + difference);
      }
    }
    if (!sum.equals(shared)) {
      wrong.add("the accounts use " + sum + ", the root that they share says " + shared);
    }
  }

  private static QuotaUse used(Quotas quotas, String account, String root) throws StoreException {
    return quotas.root(new Identity(account, "postmaster", Role.ADMIN), root).used();
  }

  /**
   * What is wrong with the file that accounts share, and what was left behind, if files they are.
   */
  static List<String> checkFiles(String place) throws SQLException {
    List<String> wrong = new ArrayList<>();
    if (isDatabase(place)) {
      return wrong;
    }
    Path folder = Path.of(place);
    try (Db db = Connector.reader(folder.resolve("directory.db"))) {
      wrong.addAll(db.all(row -> row.getString(1), "PRAGMA integrity_check"));
      wrong.remove("ok");
      db.each(row -> wrong.add("foreign key of " + row.getString(1)), "PRAGMA foreign_key_check");
      db.each(
          row -> wrong.add("a move left over: " + row.getString(1)),
          "SELECT name FROM account_move");
      db.each(
          row -> wrong.add("half done: account " + row.getString(1)),
          "SELECT name FROM account WHERE state <> 1");
    }
    for (String account : StormProcess.ACCOUNTS) {
      try (Db db = Connector.reader(folder.resolve("accounts").resolve(account + ".db"))) {
        db.each(
            row -> wrong.add("a note left over with " + account + ": " + row.getString(1)),
            "SELECT name FROM attribute WHERE object = ''");
      }
    }
    return wrong;
  }
}
