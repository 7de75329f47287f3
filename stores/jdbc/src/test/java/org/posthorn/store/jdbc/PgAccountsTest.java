package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AccountState;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** Accounts in one database: what happens to one is no matter of the others. */
class PgAccountsTest {
  private static final String BOB = "bob";

  private final String database = EmbeddedPostgres.emptied();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private PostgresStore here;
  private PostgresStore there;

  @BeforeEach
  void openTwo() throws StoreException {
    here = PostgresStore.at(database).connections(3, 3).open();
    there = PostgresStore.at(database).connections(3, 3).open();
    accounts(here).create(Mail.ALICE);
    accounts(here).create(BOB);
  }

  @AfterEach
  void closeBoth() throws StoreException {
    threads.shutdownNow();
    here.close();
    there.close();
  }

  private static AccountDirectory accounts(PostgresStore store) {
    return store.facet(AccountDirectory.class).orElseThrow();
  }

  @Test
  void aRetrievalWaitsForNobodyWhoChangesTheAccount() throws Exception {
    AccountState lives = here.facet(AccountState.class).orElseThrow();
    Instant later = Instant.now().plusSeconds(10 * AccountState.RESOLUTION_SECONDS);
    try (Connection atWork = EmbeddedPostgres.busy(database, Mail.ALICE)) {
      // It would be refused after ten seconds.
      lives.retrieved(Mail.ALICE, later);
      assertTrue(lives.life(Mail.ALICE).lastRetrieval().isBefore(later));
      lives.retrieved(BOB, later);
      assertEquals(later.getEpochSecond(), lives.life(BOB).lastRetrieval().getEpochSecond());
      atWork.rollback();
    }
    lives.retrieved(Mail.ALICE, later);
    assertEquals(later.getEpochSecond(), lives.life(Mail.ALICE).lastRetrieval().getEpochSecond());
  }

  @Test
  void anAccountThatIsBeingDeletedKeepsNobodyFromLoggingIn() throws Exception {
    Future<Boolean> deletion;
    try (Connection atWork = EmbeddedPostgres.busy(database, BOB)) {
      deletion = threads.submit(() -> accounts(here).delete(BOB));
      EmbeddedPostgres.awaitLockWaiters(database, 1);
      assertFalse(accounts(here).create(Mail.ALICE));
      assertTrue(accounts(here).create("carol"));
      assertTrue(accounts(there).create("dora"));
      assertFalse(deletion.isDone());
      atWork.rollback();
    }
    assertTrue(deletion.get(60, TimeUnit.SECONDS));
    assertFalse(accounts(there).exists(BOB));
  }

  @Test
  void limitsGoWithTheAccountInAllProcesses() throws Exception {
    Identity admin = new Identity(BOB, "root", Role.ADMIN);
    String root = QuotaRoot.ofAccount(BOB);
    QuotaLimits one = QuotaLimits.UNLIMITED.with(QuotaResource.MESSAGE, 1);
    Quotas mine = here.facet(Quotas.class).orElseThrow();
    Quotas theirs = there.facet(Quotas.class).orElseThrow();
    mine.setLimits(admin, root, one);
    PostgresStoreTest.await(() -> theirs.root(admin, root).limits().equals(one));
    accounts(here).delete(BOB);
    accounts(there).create(BOB);
    assertEquals(QuotaLimits.UNLIMITED, mine.root(admin, root).limits());
    PostgresStoreTest.await(() -> theirs.root(admin, root).limits().equals(QuotaLimits.UNLIMITED));
  }

  @Test
  void anAccountThatWasMadeAgainElsewhereIsOpenedAtOnce() throws Exception {
    try (Account old = Mail.account(there, BOB)) {
      // So many that their UIDs are worth writing down.
      Mail.fill(old, Mail.INBOX, 1_100);
      try (Mailbox inbox = Mail.inbox(old)) {
        assertEquals(1_100, inbox.snapshot().uids().size());
      }
      accounts(here).delete(BOB);
      accounts(here).create(BOB);
      try (Account fresh = there.open(Identity.owner(BOB));
          Mailbox inbox = Mail.inbox(fresh)) {
        assertTrue(inbox.snapshot().uids().isEmpty());
      }
      StoreException gone = assertThrows(StoreException.class, () -> Mail.inbox(old).close());
      assertEquals(Code.NONEXISTENT, gone.code());
    }
  }

  @Test
  void longNamesOfAccountsAndKeywordsFitIntoIndexes() throws Exception {
    String longest = "ü".repeat(512);
    assertTrue(accounts(here).create(longest));
    StoreException refusal =
        assertThrows(StoreException.class, () -> accounts(here).create(longest + "a"));
    assertEquals(Code.CANNOT, refusal.code());
    try (Account account = here.open(Identity.owner(longest))) {
      LongKeywords.check(account);
    }
    assertTrue(accounts(here).delete(longest));
  }
}
