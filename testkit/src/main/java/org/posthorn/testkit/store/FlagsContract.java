package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALL;
import static org.posthorn.testkit.store.TestedStore.row;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** STORE. */
public interface FlagsContract extends ContractPart {
  private FlagsResult store(Mailbox mailbox, long uid, FlagChange change) throws Exception {
    return mailbox.storeFlags(UidSet.of(uid), change, OptionalLong.empty());
  }

  @Test
  default void flagsAreAddedRemovedAndReplaced() throws Exception {
    Flags first = Flags.of(Set.of(SystemFlag.SEEN), List.of("$Junk"));
    long uid = tested().append(INBOX, first, "a\r\n\r\n").uids().first();
    Mailbox inbox = tested().open(INBOX);
    store(inbox, uid, FlagChange.add(Flags.of(Set.of(SystemFlag.DRAFT), List.of("Work"))));
    assertEquals(
        Flags.of(Set.of(SystemFlag.SEEN, SystemFlag.DRAFT), List.of("$Junk", "Work")),
        row(inbox, uid).flags());
    store(inbox, uid, FlagChange.remove(Flags.of(Set.of(SystemFlag.SEEN), List.of("$JUNK"))));
    assertEquals(Flags.of(Set.of(SystemFlag.DRAFT), List.of("work")), row(inbox, uid).flags());
    store(inbox, uid, FlagChange.replace(Flags.of(SystemFlag.ANSWERED)));
    assertEquals(Flags.of(SystemFlag.ANSWERED), row(inbox, uid).flags());
    store(inbox, uid, FlagChange.replace(Flags.NONE));
    assertEquals(Flags.NONE, row(inbox, uid).flags());
  }

  @Test
  default void allMessagesOfOneCallShareOneModSeq() throws Exception {
    Mailbox mailbox = tested().filled("box", 50);
    Snapshot before = mailbox.snapshot();
    FlagsResult result =
        mailbox.storeFlags(ALL, FlagChange.add(Flags.of(SystemFlag.FLAGGED)), OptionalLong.empty());
    assertEquals(before.uids(), result.changed());
    assertTrue(result.modSeq() > before.highestModSeq());
    for (Row row : TestedStore.rows(mailbox)) {
      assertEquals(result.modSeq(), row.modSeq());
      assertEquals(Flags.of(SystemFlag.FLAGGED), row.flags());
    }
    assertEquals(result.modSeq(), mailbox.snapshot().highestModSeq());
  }

  @Test
  default void aMessageThatIsAsWantedAlreadyIsNotChanged() throws Exception {
    long seen = tested().append(INBOX, Flags.of(SystemFlag.SEEN), "a\r\n\r\n").uids().first();
    long unseen = tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    long modSeq = row(inbox, seen).modSeq();
    FlagsResult result =
        inbox.storeFlags(
            UidSet.of(seen, unseen),
            FlagChange.add(Flags.of(SystemFlag.SEEN)),
            OptionalLong.empty());
    assertEquals(UidSet.of(unseen), result.changed());
    assertEquals(modSeq, row(inbox, seen).modSeq());
    Snapshot before = inbox.snapshot();
    FlagsResult again = store(inbox, seen, FlagChange.remove(Flags.of(SystemFlag.DRAFT)));
    assertTrue(again.changed().isEmpty());
    assertEquals(before.highestModSeq(), again.modSeq());
    assertEquals(before, inbox.snapshot());
  }

  /** A store need not answer by flags, but what it answers is what its rows say. */
  @Test
  default void whoHasAFlagIsWhatTheRowsSay() throws Exception {
    Mailbox mailbox = tested().filled("box", 40);
    UidSet all = mailbox.snapshot().uids();
    OptionalLong always = OptionalLong.empty();
    int step = 1;
    for (SystemFlag flag : SystemFlag.values()) {
      step++;
      UidSet.Builder some = UidSet.builder();
      for (long i = 0; i < all.size(); i += step) {
        some.add(all.nth(i));
      }
      mailbox.storeFlags(some.build(), FlagChange.add(Flags.of(flag)), always);
    }
    mailbox.storeFlags(all.slice(0, 9), FlagChange.replace(Flags.NONE), always);
    mailbox.remove(all.slice(20, 25).union(UidSet.of(all.last())));
    UidSet apart = all.slice(3, 7).union(all.slice(18, 30)).union(UidSet.of(4_000_000_000L));
    for (UidSet among : List.of(ALL, apart, UidSet.of(all.nth(21)), UidSet.EMPTY)) {
      for (SystemFlag flag : SystemFlag.values()) {
        for (boolean set : new boolean[] {true, false}) {
          UidSet.Builder expected = UidSet.builder();
          for (Row row : TestedStore.rows(mailbox)) {
            if (among.contains(row.uid()) && row.flags().has(flag) == set) {
              expected.add(row.uid());
            }
          }
          Optional<UidSet> told = mailbox.flagged(flag, set, among);
          assertEquals(expected.build(), told.orElseGet(expected::build), flag + " " + set);
        }
      }
    }
  }

  @Test
  default void messagesThatAreNotThereAreGone() throws Exception {
    long uid = tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    FlagsResult result =
        inbox.storeFlags(
            UidSet.of(uid, uid + 5, 4_000_000_000L),
            FlagChange.add(Flags.of(SystemFlag.SEEN)),
            OptionalLong.empty());
    assertEquals(UidSet.of(uid), result.changed());
    assertEquals(UidSet.of(uid + 5, 4_000_000_000L), result.gone());
    assertTrue(result.refused().isEmpty());
  }

  @Test
  default void unchangedSinceRefusesWhatChangedLater() throws Exception {
    long first = tested().append(INBOX);
    long second = tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    long since = inbox.snapshot().highestModSeq();
    store(inbox, first, FlagChange.add(Flags.of(SystemFlag.SEEN)));
    FlagsResult result =
        inbox.storeFlags(ALL, FlagChange.add(Flags.of(SystemFlag.FLAGGED)), OptionalLong.of(since));
    assertEquals(UidSet.of(second), result.changed());
    assertEquals(UidSet.of(first), result.refused());
    assertEquals(Flags.of(SystemFlag.SEEN), row(inbox, first).flags());
    FlagsResult none =
        inbox.storeFlags(ALL, FlagChange.add(Flags.of(SystemFlag.DRAFT)), OptionalLong.of(0));
    assertEquals(UidSet.of(first, second), none.refused());
    assertTrue(none.changed().isEmpty());
  }

  @Test
  default void keywordsOfTheMailboxAreRemembered() throws Exception {
    long uid = tested().append(INBOX, Flags.NONE.withKeyword("One"), "a\r\n\r\n").uids().first();
    Mailbox inbox = tested().open(INBOX);
    store(inbox, uid, FlagChange.replace(Flags.NONE.withKeyword("two")));
    List<String> keywords = inbox.snapshot().keywords();
    assertTrue(keywords.contains("One") && keywords.contains("two"), keywords.toString());
    store(inbox, uid, FlagChange.add(Flags.NONE.withKeyword("one")));
    assertEquals(2, inbox.snapshot().keywords().size(), "one keyword whatever its case");
  }

  @Test
  default void manyKeywordsAreKeptApart() throws Exception {
    Mailbox inbox = tested().open(INBOX);
    long uid = tested().append(INBOX);
    Flags all = Flags.NONE;
    for (int i = 0; i < 100; i++) {
      all = all.withKeyword("keyword" + i);
      store(inbox, uid, FlagChange.add(Flags.NONE.withKeyword("keyword" + i)));
    }
    assertEquals(all, row(inbox, uid).flags());
    store(inbox, uid, FlagChange.remove(Flags.NONE.withKeyword("KEYWORD50")));
    assertEquals(all.minus(Flags.NONE.withKeyword("keyword50")), row(inbox, uid).flags());
  }

  @Test
  default void theFirstUnseenIsKnown() throws Exception {
    Mailbox mailbox = tested().filled("box", 600);
    UidSet uids = mailbox.snapshot().uids();
    assertEquals(uids.first(), mailbox.snapshot().firstUnseenUid());
    FlagChange seen = FlagChange.add(Flags.of(SystemFlag.SEEN));
    mailbox.storeFlags(uids.slice(0, 400), seen, OptionalLong.empty());
    assertEquals(uids.nth(400), mailbox.snapshot().firstUnseenUid());
    mailbox.remove(uids.slice(400, 500));
    assertEquals(uids.nth(500), mailbox.snapshot().firstUnseenUid());
    store(mailbox, uids.nth(7), FlagChange.remove(Flags.of(SystemFlag.SEEN)));
    assertEquals(uids.nth(7), mailbox.snapshot().firstUnseenUid());
    mailbox.storeFlags(ALL, seen, OptionalLong.empty());
    assertEquals(0, mailbox.snapshot().firstUnseenUid());
  }
}
