package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.support.QuotaBook;

/**
 * What is used of shared quota roots: the sum over their members. Whoever changes what an account
 * uses counts it anew, so that all servers see it. Thread-safe.
 */
final class SharedUses implements QuotaBook.Totals {
  private static final int PAGE = 1_000;

  /** Members that one recheck counts. */
  private static final int RECHECKED = 100;

  private final Cql cql;
  private final Uses uses;
  private final QuotaBook book;
  private final QuotaBook.Accounts accounts;

  /** Roots that somebody asked for. */
  private final Map<String, Root> roots = new ConcurrentHashMap<>();

  /** Where the last recheck ended. Guarded by this. */
  private String rechecked = "";

  /** Who asks while the members are counted for the first time waits for that. */
  private static final class Root {
    private boolean counted;
  }

  SharedUses(Cql cql, Uses uses, QuotaBook book, QuotaBook.Accounts accounts) {
    this.cql = cql;
    this.uses = uses;
    this.book = book;
    this.accounts = accounts;
  }

  @Override
  public QuotaUse total(String root) throws StoreException {
    Root asked = roots.computeIfAbsent(root, r -> new Root());
    synchronized (asked) {
      if (!asked.counted) {
        countAll(root);
        asked.counted = true;
      }
    }
    QuotaUse total = QuotaUse.NONE;
    for (Row row : rows(root)) {
      total =
          total.plus(
              new QuotaUse(
                  row.getLong("storage"), row.getLong("messages"), row.getLong("mailboxes")));
    }
    return total;
  }

  private List<Row> rows(String root) throws StoreException {
    return cql.all(
        "SELECT account, storage, messages, mailboxes FROM quota_member WHERE root = ?", root);
  }

  /** Members may have come or gone by another policy, or while no server looked. */
  private void countAll(String root) throws StoreException {
    Set<String> members = new HashSet<>();
    String last = "";
    List<String> page;
    do {
      page = accounts.list(last, PAGE);
      for (String account : page) {
        if (book.sharedRoots(account).contains(root)) {
          members.add(account);
          count(root, account);
        }
        last = account;
      }
    } while (page.size() == PAGE);
    for (Row row : rows(root)) {
      String account = row.getString("account");
      if (account != null && !members.contains(account)) {
        cql.write("DELETE FROM quota_member WHERE root = ? AND account = ?", root, account);
      }
    }
  }

  /**
   * Counts some members anew, others each time: a server that failed or died may not have written
   * down what it changed.
   */
  synchronized void recheck() throws StoreException {
    int members = 0;
    List<String> page = roots.isEmpty() ? List.of() : accounts.list(rechecked, PAGE);
    for (String account : page) {
      for (String root : book.sharedRoots(account)) {
        if (roots.containsKey(root)) {
          count(root, account);
          members++;
        }
      }
      rechecked = account;
      if (members >= RECHECKED) {
        return;
      }
    }
    if (page.size() < PAGE) {
      rechecked = "";
    }
  }

  /** Somebody changed what an account uses. */
  void changed(String account) {
    for (String root : book.sharedRoots(account)) {
      changed(root, account);
    }
  }

  private void changed(String root, String account) {
    try {
      count(root, account);
    } catch (StoreException e) {
      // The mail is there all the same; the next change of the account, or recheck, counts again.
      System.getLogger(SharedUses.class.getName())
          .log(System.Logger.Level.WARNING, "quota root not counted: " + root, e);
    }
  }

  /** An account was made or deleted, perhaps not under the policy of before. */
  void cameOrWent(String account) {
    List<String> before = book.sharedRoots(account);
    book.corrected(account, QuotaUse.NONE, QuotaUse.NONE);
    changed(account);
    before.forEach(root -> changed(root, account));
  }

  /** Again where somebody changed it meanwhile, who may have been faster to write it down. */
  private void count(String root, String account) throws StoreException {
    boolean member = book.sharedRoots(account).contains(root);
    QuotaUse now = member ? uses.of(account) : QuotaUse.NONE;
    QuotaUse written = null;
    for (int attempt = 0; attempt < Boxes.ATTEMPTS && !now.equals(written); attempt++) {
      written = now;
      if (written.equals(QuotaUse.NONE)) {
        cql.write("DELETE FROM quota_member WHERE root = ? AND account = ?", root, account);
      } else {
        cql.write(
            "INSERT INTO quota_member (root, account, storage, messages, mailboxes)"
                + " VALUES (?, ?, ?, ?, ?)",
            root,
            account,
            written.storage(),
            written.messages(),
            written.mailboxes());
      }
      now = member ? uses.of(account) : QuotaUse.NONE;
    }
  }
}
