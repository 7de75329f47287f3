package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALL;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Promise;
import org.posthorn.store.Snapshot;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;
import org.posthorn.store.WatchSpec;

/** Hints come after the commit and before the changing call returns. */
public interface HintsContract extends ContractPart {
  private Set<MailboxId> watch(WatchSpec what) throws Exception {
    Set<MailboxId> heard = ConcurrentHashMap.newKeySet();
    tested().keep(tested().openAccount(TestedStore.ALICE).watch(what, heard::add));
    return heard;
  }

  private MailboxId id(MailboxName name) throws Exception {
    MailboxId id = tested().open(name).snapshot().info().id();
    if (id == null) {
      throw new AssertionError("a mailbox without an id");
    }
    return id;
  }

  private static void assertHeard(Set<MailboxId> heard, MailboxId id, Executable change)
      throws Exception {
    heard.clear();
    try {
      change.execute();
    } catch (Exception thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
    assertTrue(heard.contains(id), "no hint before the call returned");
  }

  @Test
  default void everyChangeOfAMailboxGivesAHint() throws Exception {
    MailboxName other = tested().create("other");
    Set<MailboxId> heard = watch(WatchSpec.mailbox(id(INBOX)));
    Mailbox inbox = tested().open(INBOX);
    Mailbox source = tested().open(other);
    MailboxId id = id(INBOX);
    assertHeard(heard, id, () -> tested().append(INBOX));
    assertHeard(
        heard,
        id,
        () ->
            inbox.storeFlags(
                ALL, FlagChange.add(Flags.of(SystemFlag.DELETED)), OptionalLong.empty()));
    assertHeard(heard, id, () -> inbox.expungeDeleted(ALL));
    tested().append(other);
    assertHeard(heard, id, () -> source.copy(ALL, INBOX));
    assertHeard(heard, id, () -> source.move(ALL, INBOX));
    assertHeard(heard, id, () -> inbox.move(UidSet.of(inbox.snapshot().uids().first()), other));
    assertHeard(heard, id, () -> inbox.remove(ALL));
  }

  @Test
  default void aHintComesAfterTheCommit() throws Exception {
    Mailbox observer = tested().open(INBOX);
    Set<Snapshot> seen = ConcurrentHashMap.newKeySet();
    Snapshot before = observer.snapshot();
    Set<MailboxId> heard = watch(WatchSpec.mailbox(id(INBOX)));
    try (Crew crew = new Crew()) {
      crew.add(
          () -> {
            while (heard.isEmpty()) {
              Thread.onSpinWait();
            }
            return seen.add(observer.snapshot());
          });
      tested().append(INBOX);
      crew.join();
    }
    assertEquals(1, seen.size());
    assertFalse(seen.contains(before), "the change was not visible when the hint came");
  }

  @Test
  default void otherMailboxesGiveNoHint() throws Exception {
    MailboxName other = tested().create("other");
    Set<MailboxId> heard = watch(WatchSpec.mailbox(id(INBOX)));
    tested().append(other);
    assertFalse(heard.contains(id(other)));
  }

  @Test
  default void aClosedWatchHearsNothing() throws Exception {
    Set<MailboxId> heard = ConcurrentHashMap.newKeySet();
    MailboxId id = id(INBOX);
    AutoCloseable watch = tested().account().watch(WatchSpec.mailbox(id), heard::add);
    assertHeard(heard, id, () -> tested().append(INBOX));
    heard.clear();
    watch.close();
    watch.close();
    tested().append(INBOX);
    assertEquals(Set.of(), heard);
  }

  @Test
  default void severalMailboxesAreWatchedAtOnce() throws Exception {
    MailboxName other = tested().create("other");
    MailboxName third = tested().create("third");
    Set<MailboxId> heard = watch(new WatchSpec.Mailboxes(Set.of(id(INBOX), id(other))));
    tested().append(INBOX);
    tested().append(other);
    tested().append(third);
    assertEquals(Set.of(id(INBOX), id(other)), heard);
  }

  @Test
  default void aSubtreeIsWatchedWithMailboxesToCome() throws Exception {
    tested().create("lists");
    Set<MailboxId> heard = watch(new WatchSpec.Subtree(List.of("lists")));
    Set<MailboxId> all = watch(new WatchSpec.Subtree(List.of()));
    MailboxName fresh = tested().create("lists/fresh");
    assertTrue(heard.contains(id(fresh)), "a new mailbox gives a hint");
    assertHeard(heard, id(fresh), () -> tested().append(fresh));
    tested().create("listsnot");
    tested().append(MailboxName.of("listsnot"));
    assertFalse(heard.contains(id(MailboxName.of("listsnot"))));
    assertTrue(all.contains(id(MailboxName.of("listsnot"))));
    MailboxId moved = id(fresh);
    assertHeard(all, moved, () -> tested().account().rename(fresh, MailboxName.of("elsewhere")));
    assertHeard(all, moved, () -> tested().account().delete(MailboxName.of("elsewhere")));
  }

  @Test
  default void whoWatchesTheOldNameHearsOfARename() throws Exception {
    MailboxName old = tested().create("old/name");
    MailboxId id = id(old);
    Set<MailboxId> heard = watch(new WatchSpec.Subtree(List.of("old")));
    assertHeard(heard, id, () -> tested().account().rename(old, MailboxName.of("new")));
  }

  @Test
  default void namesWithoutAMailboxAreHintedAtAsInbox() throws Exception {
    tested().create("superior/inferior");
    Account account = tested().account();
    account.delete(MailboxName.of("superior"));
    account.delete(MailboxName.of("superior", "inferior"));
    Set<MailboxId> heard = watch(new WatchSpec.Subtree(List.of("superior")));
    assertHeard(heard, id(INBOX), () -> account.subscribe(MailboxName.of("superior", "ghost")));
    assertHeard(heard, id(INBOX), () -> account.unsubscribe(MailboxName.of("superior", "ghost")));
    assertHeard(heard, id(INBOX), () -> account.delete(MailboxName.of("superior")));
  }

  /** Who may rely on hints is to hear of the end of everything, too. */
  @Test
  default void whoIsPromisedAllHintsHearsThatTheAccountIsDeleted() throws Exception {
    assumeTrue(tested().promises().contains(Promise.HINTS_ALL), "not promised");
    Optional<AccountDirectory> accounts = tested().store().facet(AccountDirectory.class);
    assumeTrue(accounts.isPresent(), "no AccountDirectory");
    MailboxId id = id(INBOX);
    Set<MailboxId> heard = watch(WatchSpec.mailbox(id));
    assertHeard(heard, id, () -> accounts.orElseThrow().delete(TestedStore.ALICE));
  }

  @Test
  default void changesByAnotherHandleAreHeard() throws Exception {
    Set<MailboxId> heard = watch(WatchSpec.mailbox(id(INBOX)));
    try (Account another = tested().store().open(Identity.delivery(TestedStore.ALICE))) {
      MailboxId id = id(INBOX);
      assertHeard(
          heard,
          id,
          () -> {
            try (var group = another.beginAppend(INBOX, Optional.empty())) {
              TestedStore.write(group, AppendSpec.plain(), TestedStore.octets("a\r\n\r\n"));
              group.commit();
            }
          });
    }
  }
}
