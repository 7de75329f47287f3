package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Acl;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.Rights;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;
import org.posthorn.store.WatchSpec;
import org.posthorn.store.support.Sharing;

/** Two stores on one database, as two processes have it. */
class PostgresStoreTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final String database = EmbeddedPostgres.emptied();
  private PostgresStore here;
  private PostgresStore there;

  @BeforeEach
  void openTwo() throws StoreException {
    here = PostgresStore.at(database).connections(3, 3).open();
    there = PostgresStore.at(database).connections(3, 3).open();
    here.facet(AccountDirectory.class).orElseThrow().create(Mail.ALICE);
  }

  @AfterEach
  void closeBoth() throws StoreException {
    here.close();
    there.close();
  }

  private static Account alice(PostgresStore store) throws StoreException {
    return store.open(Identity.owner(Mail.ALICE));
  }

  private static Code codeOf(Executable call) {
    return assertThrows(StoreException.class, call).code();
  }

  static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "it did not happen in time");
      Thread.onSpinWait();
    }
  }

  private static Set<MailboxId> watch(Account account, Mailbox mailbox) throws StoreException {
    Set<MailboxId> heard = ConcurrentHashMap.newKeySet();
    MailboxId id = mailbox.info().id();
    assertTrue(id != null);
    AutoCloseable unused = account.watch(WatchSpec.mailbox(id), heard::add);
    return heard;
  }

  @Test
  void aChangeIsHeardOfInTheOther() throws Exception {
    try (Account mine = alice(here);
        Account theirs = alice(there);
        Mailbox inbox = Mail.inbox(theirs)) {
      Set<MailboxId> heard = watch(theirs, inbox);
      inbox.snapshot();
      Mail.append(mine, Mail.message("news", 100));
      await(() -> !heard.isEmpty());
      assertEquals(UidSet.of(1), inbox.snapshot().uids());
      heard.clear();
      try (Mailbox same = Mail.inbox(mine)) {
        Mail.add(same, UidSet.of(1), Flags.of(SystemFlag.SEEN));
        await(() -> !heard.isEmpty());
        heard.clear();
        same.remove(UidSet.of(1));
        await(() -> !heard.isEmpty());
      }
      assertEquals(UidSet.EMPTY, inbox.snapshot().uids());
    }
  }

  @Test
  void nothingIsMissedWhileTheConnectionForHintsIsLost() throws Exception {
    try (Account mine = alice(here);
        Account theirs = alice(there);
        Mailbox inbox = Mail.inbox(theirs)) {
      Set<MailboxId> heard = watch(theirs, inbox);
      for (int round = 1; round <= 3; round++) {
        EmbeddedPostgres.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
        heard.clear();
        Mail.append(mine, Mail.message("round " + round, 100));
        await(() -> !heard.isEmpty());
        assertEquals(round, inbox.snapshot().uids().size());
      }
    }
  }

  @Test
  void bothGiveUidsInOneOrder() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (Account mine = alice(here);
        Account theirs = alice(there);
        Mailbox inbox = Mail.inbox(mine)) {
      List<Callable<UidSet>> work = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Account account = i % 2 == 0 ? mine : theirs;
        work.add(
            () -> {
              UidSet.Builder uids = UidSet.builder();
              for (int n = 0; n < 15; n++) {
                uids.addAll(Mail.append(account, Mail.message("n", 100)).uids());
              }
              return uids.build();
            });
      }
      // Whoever reads sees no gap that fills later.
      Future<Boolean> reader =
          threads.submit(
              () -> {
                long last = 0;
                while (last < 90) {
                  UidSet uids = inbox.snapshot().uids();
                  assertEquals(uids.isEmpty() ? 0 : uids.last(), uids.size());
                  assertTrue(uids.size() >= last);
                  last = uids.size();
                }
                return true;
              });
      UidSet.Builder all = UidSet.builder();
      for (Callable<UidSet> one : work) {
        Future<UidSet> unused = threads.submit(one);
      }
      assertTrue(reader.get(60, TimeUnit.SECONDS));
      all.addAll(inbox.snapshot().uids());
      assertEquals(UidSet.range(1, 90), all.build());
      assertEquals(List.of(), here.check(Mail.ALICE));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void exclusiveUseHoldsInTheOther() throws Exception {
    try (Account mine = alice(here);
        Account theirs = alice(there)) {
      Mailbox holder = mine.open(MailboxName.INBOX, Access.EXCLUSIVE);
      assertEquals(Code.IN_USE, codeOf(() -> theirs.open(MailboxName.INBOX, Access.EXCLUSIVE)));
      holder.close();
      theirs.open(MailboxName.INBOX, Access.EXCLUSIVE).close();
    }
  }

  @Test
  void whatCouldNotBeGivenBackIsTakenByTheNextHere() throws Exception {
    String name = PgAddress.parse(database).database();
    EmbeddedPostgres.execute(
        name,
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql"
            + " AS 'BEGIN RAISE EXCEPTION ''no''; END';"
            + "CREATE TRIGGER refused BEFORE DELETE ON lease EXECUTE FUNCTION refuse()");
    try (Account mine = alice(here);
        Account theirs = alice(there)) {
      Mailbox holder = mine.open(MailboxName.INBOX, Access.EXCLUSIVE);
      assertThrows(StoreException.class, holder::close);
      EmbeddedPostgres.execute(name, "DROP FUNCTION refuse CASCADE");
      assertEquals(Code.IN_USE, codeOf(() -> theirs.open(MailboxName.INBOX, Access.EXCLUSIVE)));
      Mailbox next = mine.open(MailboxName.INBOX, Access.EXCLUSIVE);
      assertEquals(Code.IN_USE, codeOf(() -> mine.open(MailboxName.INBOX, Access.EXCLUSIVE)));
      next.close();
      theirs.open(MailboxName.INBOX, Access.EXCLUSIVE).close();
    }
  }

  @Test
  void whatOneExpungesTheOtherReadsToTheEnd() throws Exception {
    byte[] message = Mail.message("long", 300_000);
    try (Account mine = alice(here);
        Account theirs = alice(there);
        Mailbox same = Mail.inbox(theirs);
        Mailbox inbox = Mail.inbox(mine)) {
      Mail.append(mine, message);
      try (MessageContent content = same.content(1)) {
        inbox.remove(UidSet.of(1));
        Mail.fill(mine, MailboxName.INBOX, 3);
        assertArrayEquals(message, Mail.read(content));
      }
      assertEquals(Code.EXPUNGED, codeOf(() -> same.content(1)));
    }
  }

  @Test
  void octetsAreFreedInTheEnd() throws Exception {
    here.close();
    here = PostgresStore.at(database).freeAfter(Duration.ZERO).open();
    try (Account mine = alice(here);
        Mailbox inbox = Mail.inbox(mine)) {
      Mail.append(mine, Mail.message("long", 300_000));
      inbox.remove(UidSet.of(1));
      inbox.remove(UidSet.of(1));
      Mail.append(mine, Mail.message("short", 10));
      AccountMail account = ((JdbcMailbox) Sharing.unwrapped(inbox)).mail();
      long chunks = account.read(db -> db.number("SELECT count(*) FROM chunk"));
      assertEquals(1, chunks);
    }
  }

  @Test
  void anUploadThatAnotherProcessGaveUpLeavesNothingBehind() throws Exception {
    there.close();
    there = PostgresStore.at(database).freeAfter(Duration.ZERO).open();
    ByteBuffer some = ByteBuffer.wrap(Mail.message("slow", 200_000));
    try (Account mine = alice(here);
        Account theirs = alice(there);
        AppendGroup group = mine.beginAppend(Mail.INBOX, Optional.empty())) {
      IndexingAppend slow = new IndexingAppend(group.next(AppendSpec.plain()));
      slow.write(some.duplicate());
      Mail.append(theirs, Mail.message("short", 10));
      assertEquals(Code.UNAVAILABLE, codeOf(() -> slow.write(some.duplicate())));
      try (Mailbox inbox = Mail.inbox(theirs)) {
        AccountMail account = ((JdbcMailbox) Sharing.unwrapped(inbox)).mail();
        long chunks = account.read(db -> db.number("SELECT count(*) FROM chunk"));
        assertEquals(1, chunks);
      }
    }
  }

  @Test
  void rightsGivenHereCountThere() throws Exception {
    here.facet(AccountDirectory.class).orElseThrow().create("bob");
    Acl acl = here.facet(Acl.class).orElseThrow();
    MailboxName shared = MailboxName.of("Other Users", Mail.ALICE, "INBOX");
    try (Account bob = there.open(Identity.owner("bob"))) {
      assertEquals(Code.NONEXISTENT, codeOf(() -> bob.open(shared, Access.READ)));
      acl.set(
          Identity.owner(Mail.ALICE),
          MailboxName.INBOX,
          "bob",
          Acl.Mode.REPLACE,
          Rights.parse("lr"));
      bob.open(shared, Access.READ).close();
    }
  }

  @Test
  void limitsSetHereHoldThere() throws Exception {
    Quotas mine = here.facet(Quotas.class).orElseThrow();
    String root = QuotaRoot.ofAccount(Mail.ALICE);
    Identity admin = new Identity(Mail.ALICE, "root", Role.ADMIN);
    Quotas theirs = there.facet(Quotas.class).orElseThrow();
    QuotaLimits one = QuotaLimits.UNLIMITED.with(QuotaResource.MESSAGE, 1);
    mine.setLimits(admin, root, one);
    await(() -> theirs.root(admin, root).limits().equals(one));
    try (Account account = alice(there)) {
      Mail.append(account, Mail.message("fits", 10));
      assertEquals(Code.OVER_QUOTA, codeOf(() -> Mail.append(account, Mail.message("not", 10))));
    }
  }

  @Test
  void anAccountDeletedHereIsGoneThere() throws Exception {
    AccountDirectory accounts = here.facet(AccountDirectory.class).orElseThrow();
    try (Account mine = alice(here);
        Account theirs = alice(there);
        Mailbox inbox = Mail.inbox(theirs)) {
      Mail.append(mine, Mail.message("long", 200_000));
      long before = inbox.snapshot().info().uidValidity();
      assertTrue(accounts.delete(Mail.ALICE));
      assertEquals(Code.NONEXISTENT, codeOf(inbox::snapshot));
      assertEquals(Code.NONEXISTENT, codeOf(() -> Mail.append(theirs, Mail.message("late", 10))));
      assertFalse(there.facet(AccountDirectory.class).orElseThrow().exists(Mail.ALICE));
      assertTrue(accounts.create(Mail.ALICE));
      try (Account again = alice(there);
          Mailbox fresh = Mail.inbox(again)) {
        assertTrue(fresh.snapshot().uids().isEmpty());
        assertTrue(fresh.snapshot().info().uidValidity() > before);
      }
    }
  }
}
