package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Changes;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Item;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** What a store on Cassandra does beyond the contract; two stores stand for two servers. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class CassandraStoreTest extends TwoServers {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private boolean flagged;

  @Test
  void anotherServerSeesAtOnceWhatWasAcknowledged() throws Exception {
    Mailbox mine = open(here, INBOX);
    Mailbox theirs = open(there, INBOX);
    for (int i = 0; i < 10; i++) {
      long uid = append(here, INBOX, "Subject: " + i + "\r\n\r\n").uids().first();
      assertTrue(theirs.snapshot().uids().contains(uid));
      theirs.storeFlags(
          UidSet.of(uid), FlagChange.add(Flags.of(SystemFlag.SEEN)), OptionalLong.empty());
      assertEquals(0, mine.snapshot().firstUnseenUid());
    }
  }

  @Test
  void serversThatAppendAtTheSameTimeGiveEachUidOnce() throws Exception {
    ExecutorService crew = Executors.newFixedThreadPool(4);
    List<Future<UidSet>> given = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      CassandraStore store = i % 2 == 0 ? here : there;
      given.add(
          crew.submit(
              () -> {
                UidSet mine = UidSet.EMPTY;
                for (int n = 0; n < 10; n++) {
                  mine = mine.union(append(store, INBOX, "Subject: x\r\n\r\n").uids());
                }
                return mine;
              }));
    }
    UidSet all = UidSet.EMPTY;
    for (Future<UidSet> one : given) {
      UidSet uids = one.get();
      assertEquals(10, uids.size());
      assertTrue(all.intersect(uids).isEmpty(), "a UID was given twice");
      all = all.union(uids);
    }
    crew.shutdown();
    assertEquals(UidSet.range(1, 40), all);
    assertEquals(all, open(there, INBOX).snapshot().uids());
  }

  @Test
  void aMoveThatWasOnlyDecidedIsFinishedByWhoeverComesNext() throws Exception {
    alice(here).create(MailboxName.of("box"), Set.of());
    append(here, INBOX, "Subject: 1\r\n\r\n", "Subject: 2\r\n\r\n");
    Mailbox source = open(here, INBOX);
    MailboxId box = open(here, MailboxName.of("box")).info().id();
    decideMove(source.info().id().value(), box.value());
    Snapshot inbox = open(there, INBOX).snapshot();
    assertEquals(UidSet.of(2), inbox.uids());
    assertEquals(UidSet.of(1), open(there, MailboxName.of("box")).snapshot().uids());
    assertEquals(UidSet.of(2), source.snapshot().uids());
    assertEquals(UidSet.of(1), open(here, MailboxName.of("box")).snapshot().uids());
  }

  /** As a server that dies after the first step of a MOVE leaves it. */
  private void decideMove(String source, String target) throws StoreException {
    Boxes boxes = here.parts().boxes();
    Draft draft = new Draft(here.parts().messages(), boxes.quiet(source));
    draft.modSeq();
    draft.box.intent = new Intent.Move(7, target, UidSet.of(1), Optional.empty(), 1, 0);
    assertTrue(boxes.decide(draft));
  }

  @Test
  void aMoveThatArrivedBeforeACrashArrivesOnce() throws Exception {
    alice(here).create(MailboxName.of("box"), Set.of());
    append(here, INBOX, "Subject: 1\r\n\r\n");
    String source = open(here, INBOX).info().id().value();
    String target = open(here, MailboxName.of("box")).info().id().value();
    decideMove(source, target);
    List<Message> moving = here.parts().messages().read(source, UidSet.of(1));
    new Addition(here.parts().boxes(), List.of(moving.get(0).copied(0))).arrive(target, source, 7);
    assertTrue(open(there, INBOX).snapshot().uids().isEmpty());
    assertEquals(UidSet.of(1), open(there, MailboxName.of("box")).snapshot().uids());
  }

  /** Another server read what was decided, and comes to it when all is over. */
  @Test
  void aMoveArrivesOnceHoweverLateSomebodyElseFinishesIt() throws Exception {
    alice(here).create(MailboxName.of("box"), Set.of());
    append(here, INBOX, "Subject: 1\r\n\r\n");
    String source = open(here, INBOX).info().id().value();
    String target = open(here, MailboxName.of("box")).info().id().value();
    decideMove(source, target);
    Boxes late = there.parts().boxes();
    List<Message> moving = there.parts().messages().read(source, UidSet.of(1));
    here.parts().boxes().finish(source);
    here.parts().cql().decide(List.of(Leftovers.dropArrival(here.parts().cql(), target, 7)));
    new Addition(late, List.of(moving.get(0).copied(0))).arrive(target, source, 7);
    assertEquals(UidSet.of(1), open(there, MailboxName.of("box")).snapshot().uids());
    assertTrue(open(there, INBOX).snapshot().uids().isEmpty());
  }

  @Test
  void moreMessagesThanFitIntoABatchStillComeAndGoTogether() throws Exception {
    String[] many = new String[Boxes.BATCH + 10];
    Arrays.fill(many, "Subject: many\r\n\r\n");
    Appended appended = append(here, INBOX, many);
    assertEquals(many.length, appended.uids().size());
    Mailbox mine = open(here, INBOX);
    Mailbox theirs = open(there, INBOX);
    assertEquals(appended.uids(), theirs.snapshot().uids());
    Snapshot before = theirs.snapshot();
    var stored =
        mine.storeFlags(ALL, FlagChange.add(Flags.of(SystemFlag.SEEN)), OptionalLong.empty());
    Changes changes = theirs.changesSince(before.cursor(), PageLimit.DEFAULT);
    assertEquals(many.length, changes.changed().size());
    assertEquals(stored.modSeq(), changes.highestModSeq());
    assertEquals(0, theirs.snapshot().firstUnseenUid());
    assertEquals(appended.uids(), theirs.remove(ALL).uids());
    assertTrue(mine.snapshot().uids().isEmpty());
  }

  @Test
  void historyThatIsTooOldIsSaidToBeLost() throws Exception {
    try (CassandraStore old =
        TestKeyspace.shared().clock(new TestClock(() -> now)).history(Duration.ofDays(10)).open()) {
      old.facet(AccountDirectory.class).orElseThrow().create("bob");
      Account bob = old.open(Identity.owner("bob"));
      Mailbox inbox = bob.open(INBOX, Access.WRITE);
      Snapshot start = inbox.snapshot();
      appendTo(bob);
      now = now.plus(Duration.ofDays(11));
      appendTo(bob);
      Changes changes = inbox.changesSince(start.cursor(), PageLimit.DEFAULT);
      assertTrue(changes.historyLost());
      assertEquals(2, changes.changed().size());
      assertFalse(inbox.changesSince(inbox.snapshot().cursor(), PageLimit.DEFAULT).historyLost());
      old.facet(AccountDirectory.class).orElseThrow().delete("bob");
    }
  }

  private static void appendTo(Account account) throws StoreException {
    try (AppendGroup group = account.beginAppend(INBOX, Optional.empty())) {
      IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
      append.write(ByteBuffer.wrap("a\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      append.end();
      group.commit();
    }
  }

  @Test
  void octetsThatNobodyRefersToAreFreed() throws Exception {
    alice(here).create(MailboxName.of("box"), Set.of());
    append(
        here, INBOX, "Subject: kept\r\n\r\n", "Subject: copied\r\n\r\n", "Subject: gone\r\n\r\n");
    Mailbox inbox = open(here, INBOX);
    inbox.copy(UidSet.of(2), MailboxName.of("box"));
    MessageContent held = inbox.content(3);
    inbox.remove(UidSet.of(2, 3));
    try (CassandraStore eager =
        TestKeyspace.shared().clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(2))).open()) {
      eager.collect();
    }
    assertEquals(17, inbox.content(1).read(0, ByteBuffer.allocate(100)));
    assertEquals(
        19, open(here, MailboxName.of("box")).content(1).read(0, ByteBuffer.allocate(100)));
    StoreException gone =
        assertThrows(StoreException.class, () -> held.read(0, ByteBuffer.allocate(10)));
    assertEquals(StoreException.Code.EXPUNGED, gone.code());
  }

  @Test
  void storesThatOpenTheSameNewKeyspaceAllMakeIt() throws Exception {
    String fresh = TestKeyspace.fresh();
    ExecutorService crew = Executors.newFixedThreadPool(2);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Boolean>> opened = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String account = "user" + i;
      opened.add(
          crew.submit(
              () -> {
                start.await();
                try (CassandraStore store = CassandraStore.at(fresh).open()) {
                  return store.facet(AccountDirectory.class).orElseThrow().create(account);
                }
              }));
    }
    start.countDown();
    for (Future<Boolean> one : opened) {
      assertTrue(one.get());
    }
    crew.shutdown();
  }

  @Test
  void aMailboxIsRenamedWithManyInferiorsAtOnceOrNotAtAll() throws Exception {
    Account account = alice(here);
    MailboxName top = MailboxName.of("top");
    String longName = "x".repeat(100);
    for (int i = 0; i < 120; i++) {
      account.create(MailboxName.of("top", longName + i), Set.of());
    }
    account.rename(top, MailboxName.of("other"));
    assertEquals(122, alice(there).list(ListQuery.ALL).size());
    assertTrue(
        alice(there).list(ListQuery.ALL).stream().noneMatch(info -> info.name().startsWith(top)));
  }

  @Test
  void whatAnOperationCosts() throws Exception {
    append(here, INBOX, "Subject: warm\r\n\r\n");
    Mailbox inbox = open(here, INBOX);
    inbox.snapshot();
    List<String> costs = new ArrayList<>();
    cost(costs, "open an account and a mailbox", () -> open(here, INBOX));
    cost(
        costs,
        "APPEND of a message up to 128 KiB",
        () -> append(here, INBOX, "Subject: a\r\n\r\n"));
    cost(costs, "SELECT (snapshot), nothing new", inbox::snapshot);
    append(here, INBOX, "Subject: b\r\n\r\n");
    cost(costs, "SELECT (snapshot), one message new", inbox::snapshot);
    cost(
        costs,
        "FETCH FLAGS of 100",
        () -> inbox.list(UidSet.range(1, 100), PageLimit.DEFAULT, Set.of()));
    cost(
        costs,
        "FETCH BODY[] of one, up to 128 KiB",
        () -> inbox.content(1).read(0, ByteBuffer.allocate(100)));
    cost(
        costs,
        "STORE of up to 250",
        () -> {
          flagged = !flagged;
          Flags seen = Flags.of(SystemFlag.SEEN);
          return inbox.storeFlags(
              ALL, flagged ? FlagChange.add(seen) : FlagChange.remove(seen), OptionalLong.empty());
        });
    Snapshot cut = inbox.snapshot();
    cost(
        costs,
        "NOOP (changesSince), nothing new",
        () -> inbox.changesSince(cut.cursor(), PageLimit.DEFAULT));
    append(here, INBOX, "Subject: c\r\n\r\n");
    cost(
        costs,
        "changesSince, one message new",
        () -> inbox.changesSince(cut.cursor(), PageLimit.DEFAULT));
    for (int i = 0; i < 8; i++) {
      append(here, INBOX, "Subject: d\r\n\r\n");
    }
    cost(
        costs,
        "FETCH ENVELOPE of " + inbox.snapshot().uids().size(),
        () -> inbox.list(ALL, PageLimit.DEFAULT, Set.of(Item.INDEX)));
    Flags deleted = Flags.of(SystemFlag.DELETED);
    inbox.storeFlags(ALL, FlagChange.add(deleted), OptionalLong.empty());
    Iterator<Long> marked = inbox.snapshot().uids().stream().iterator();
    cost(
        costs,
        "EXPUNGE of up to 250",
        () -> inbox.expungeDeleted(UidSet.of(marked.next().longValue())));
    inbox.storeFlags(ALL, FlagChange.remove(deleted), OptionalLong.empty());
    cost(costs, "EXPUNGE or CLOSE, nothing marked", () -> inbox.expungeDeleted(ALL));
    alice(here).create(MailboxName.of("box"), Set.of());
    cost(
        costs,
        "COPY of one to another mailbox (and a snapshot)",
        () -> inbox.copy(UidSet.of(inbox.snapshot().uids().first()), MailboxName.of("box")));
    cost(
        costs,
        "MOVE of one to another mailbox (and a snapshot)",
        () -> inbox.move(UidSet.of(inbox.snapshot().uids().first()), MailboxName.of("box")));
    for (String cost : costs) {
      System.out.println(cost);
    }
    assertEquals(14, costs.size());
  }

  private interface Step {
    Object run() throws Exception;
  }

  private void cost(List<String> costs, String what, Step step) throws Exception {
    step.run();
    long before = here.requests();
    long began = System.nanoTime();
    step.run();
    double millis = (System.nanoTime() - began) / 1e6;
    costs.add(
        String.format(
            Locale.ROOT, "cost: %s: %d, %.1f ms", what, here.requests() - before, millis));
  }
}
