package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.sqlite.Connector;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.UidRangeCodec;

/** Files that are damaged, missing, left over, of another release, or many. */
class FilesTest {
  @TempDir Path directory;

  private Path aliceFile() {
    return directory.resolve("accounts").resolve(AccountPath.fileName(Mail.ALICE));
  }

  private SqliteStore open() throws StoreException {
    return SqliteStore.in(directory).open();
  }

  /** A store with one account that has some mail, closed again. */
  private void prepare(int messages) throws StoreException {
    try (SqliteStore store = open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      Mail.fill(alice, Mail.INBOX, messages);
      inbox.snapshot();
    }
  }

  private static void change(Path file, String sql) throws SQLException {
    try (Db db = Connector.writer(file)) {
      db.execute(sql);
    }
  }

  private static Code codeOf(Executable call) {
    return assertThrows(StoreException.class, call).code();
  }

  @Test
  void damageIsToldFromOtherFailures() throws Exception {
    prepare(3);
    Files.writeString(aliceFile(), "this is no database".repeat(500));
    try (SqliteStore store = open();
        Account alice = store.open(Identity.owner(Mail.ALICE))) {
      StoreException refusal = assertThrows(StoreException.class, () -> Mail.inbox(alice));
      assertEquals(Code.CORRUPTION, refusal.code());
      assertFalse(String.valueOf(refusal.getMessage()).contains("SQL"), refusal.getMessage());
    }
  }

  @Test
  void aMissingFileIsNotTakenForAnEmptyAccount() throws Exception {
    prepare(3);
    Files.delete(aliceFile());
    try (SqliteStore store = open()) {
      assertEquals(Code.CORRUPTION, codeOf(() -> store.open(Identity.owner(Mail.ALICE))));
    }
  }

  @Test
  void aNewerFormatIsRefused() throws Exception {
    prepare(1);
    change(aliceFile(), "PRAGMA user_version = 99");
    try (SqliteStore store = open();
        Account alice = store.open(Identity.owner(Mail.ALICE))) {
      assertEquals(Code.CANNOT, codeOf(() -> Mail.inbox(alice)));
    }
  }

  @Test
  void aFileInTheWayIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertEquals(Code.UNAVAILABLE, codeOf(() -> SqliteStore.in(file).open()));
  }

  @Test
  void halfMadeAndHalfDeletedAccountsAreFinished() throws Exception {
    prepare(2);
    Path list = directory.resolve(SqliteEngine.DIRECTORY);
    change(list, "INSERT INTO account (name, state) VALUES ('bob', 0)");
    change(list, "UPDATE account SET state = 2 WHERE name = 'alice'");
    try (SqliteStore store = open()) {
      AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
      assertEquals(List.of("bob"), accounts.list("", 10));
      assertFalse(Files.exists(aliceFile()));
      Mail.inbox(store.open(Identity.owner("bob"))).close();
    }
  }

  @Test
  void aDamagedAccountIsDeletedAndItsNameIsFree() throws Exception {
    prepare(2);
    Files.writeString(aliceFile(), "this is no database".repeat(500));
    try (SqliteStore store = open();
        Account bob = Mail.account(store, "bob")) {
      AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
      assertTrue(accounts.delete(Mail.ALICE));
      assertFalse(Files.exists(aliceFile()));
      Mail.fill(bob, Mail.INBOX, 1);
      assertTrue(accounts.create(Mail.ALICE));
      try (Mailbox inbox = Mail.inbox(store.open(Identity.owner(Mail.ALICE)))) {
        assertTrue(
            inbox.snapshot().info().uidValidity() > Instant.now().getEpochSecond(),
            "a UIDVALIDITY that may have been used");
      }
    }
  }

  @Test
  void aDamagedAccountKeepsNobodyFromTheOthers() throws Exception {
    prepare(2);
    try (SqliteStore store = open()) {
      Mail.account(store, "bob").close();
      Mail.account(store, "carol").close();
    }
    Path list = directory.resolve(SqliteEngine.DIRECTORY);
    change(list, "UPDATE account SET state = 0 WHERE name = 'alice'");
    change(list, "UPDATE account SET state = 2 WHERE name = 'carol'");
    change(
        list,
        "INSERT INTO account_move VALUES ('v1', 'bob', 'F1', '1', 'alice'),"
            + " ('v2', 'alice', 'F1', '1', 'bob')");
    Files.writeString(aliceFile(), "this is no database".repeat(500));
    try (SqliteStore store = open();
        Account bob = store.open(Identity.owner("bob"))) {
      AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
      assertEquals(List.of("bob"), accounts.list("", 10));
      Mail.fill(bob, Mail.INBOX, 1);
      assertEquals(List.of(), store.check("bob"));
    }
  }

  @Test
  void rangesOfUidsAreKeptAndBroughtUpToDate() throws Exception {
    prepare(1_500);
    try (Db db = Connector.writer(aliceFile())) {
      assertEquals(1, db.number("SELECT count(*) FROM uid_ranges"));
      // An older state of the ranges, as a crash leaves it.
      db.update(
          "UPDATE uid_ranges SET mod_seq = 1, ranges = ?", UidRangeCodec.encode(UidSet.EMPTY));
    }
    try (SqliteStore store = open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      assertEquals(UidSet.range(1, 1_500), inbox.snapshot().uids());
      inbox.remove(UidSet.range(10, 20));
    }
    try (SqliteStore store = open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      assertEquals(UidSet.range(1, 1_500).minus(UidSet.range(10, 20)), inbox.snapshot().uids());
    }
  }

  @Test
  void forgottenHistoryMakesKeptRangesUseless() throws Exception {
    prepare(1_500);
    try (Db db = Connector.writer(aliceFile())) {
      db.update(
          "UPDATE uid_ranges SET mod_seq = 2, ranges = ?",
          UidRangeCodec.encode(UidSet.range(1, 9_000)));
      db.update("UPDATE mailbox SET vanished_floor = 3, mod_seq = 4");
    }
    try (SqliteStore store = open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      assertEquals(UidSet.range(1, 1_500), inbox.snapshot().uids());
    }
  }

  @Test
  void aClosedStoreRefusesEverything() throws StoreException {
    SqliteStore store = open();
    Account alice = Mail.alice(store);
    Mailbox inbox = Mail.inbox(alice);
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    store.close();
    assertEquals(Code.UNAVAILABLE, codeOf(inbox::snapshot));
    assertEquals(Code.UNAVAILABLE, codeOf(() -> Mail.append(alice, Mail.message("late", 10))));
    assertEquals(Code.UNAVAILABLE, codeOf(() -> store.open(Identity.owner(Mail.ALICE))));
    assertEquals(Code.UNAVAILABLE, codeOf(() -> accounts.create("late")));
    inbox.close();
    alice.close();
    open().close();
  }

  @Test
  void manyAccountsShareOneOpenFile() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (SqliteStore store = SqliteStore.in(directory).openAccounts(1).open()) {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String name = "user" + i;
        work.add(
            () -> {
              try (Account account = Mail.account(store, name);
                  Mailbox inbox = Mail.inbox(account)) {
                for (int n = 1; n <= 15; n++) {
                  Mail.fill(account, Mail.INBOX, 1);
                  assertEquals(n, inbox.snapshot().uids().size());
                }
                return Mail.read(inbox, 15).length;
              }
            });
      }
      for (Future<Integer> done : threads.invokeAll(work, 60, TimeUnit.SECONDS)) {
        assertTrue(done.get() > 0);
      }
      assertTrue(store.openFiles() <= 6);
      for (int i = 0; i < 6; i++) {
        assertEquals(List.of(), store.check("user" + i));
      }
      assertEquals(1, store.openFiles());
    } finally {
      threads.shutdownNow();
    }
  }
}
