package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALICE;
import static org.posthorn.testkit.store.TestedStore.ALL;
import static org.posthorn.testkit.store.TestedStore.assertRefused;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.read;
import static org.posthorn.testkit.store.TestedStore.rows;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Access;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Item;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Promise;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Restoration;
import org.posthorn.store.Restoration.RestoreGroup;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Mailboxes that come back as they were, where the store has {@link Restoration}. */
public interface RestorationContract extends ContractPart {
  MailboxName BOX = MailboxName.of("Restored");
  long UID_NEXT = 1_000;
  long MOD_SEQ = 9_000;

  /** Of no two accounts the same identity: that may be what a store finds a mailbox by. */
  private static MailboxInfo info(String account, MailboxName name) {
    return new MailboxInfo(
        name,
        new MailboxId("Frestored-" + account),
        77,
        MailboxInfo.State.SELECTABLE,
        false,
        false,
        Set.of());
  }

  private Restoration restoration() {
    Optional<Restoration> restoration = tested().store().facet(Restoration.class);
    assumeTrue(restoration.isPresent(), "the store has no Restoration");
    return restoration.orElseThrow();
  }

  private RestoreGroup begin(String account, MailboxName name) throws StoreException {
    return tested().keep(restoration().begin(account, info(account, name), UID_NEXT, MOD_SEQ));
  }

  private static byte[] message(long uid) {
    return octets("Subject: number " + uid + "\r\n\r\ntext\r\n");
  }

  private static void put(RestoreGroup group, Row row) throws StoreException {
    IndexingAppend append = new IndexingAppend(group.next(row));
    append.write(ByteBuffer.wrap(message(row.uid())));
    append.end();
  }

  /** Every other UID from the first to the last. */
  private static void put(RestoreGroup group, long first, long last) throws StoreException {
    for (long uid = first; uid <= last; uid += 2) {
      put(group, Row.of(uid, MOD_SEQ - uid, Flags.NONE));
    }
  }

  private static UidSet everyOther(long first, long last) {
    UidSet.Builder uids = UidSet.builder();
    for (long uid = first; uid <= last; uid += 2) {
      uids.add(uid);
    }
    return uids.build();
  }

  @Test
  default void aRestoredMailboxIsAsItWas() throws Exception {
    RestoreGroup group = begin(ALICE, BOX);
    Flags flags = Flags.of(Set.of(SystemFlag.SEEN), List.of("$Junk"));
    OffsetDateTime date = OffsetDateTime.parse("2001-02-03T04:05:06+02:00");
    Instant saved = Instant.parse("2002-02-03T04:05:06Z");
    put(group, new Row(7, 8_000, flags, -1, date, saved, "Mone", "Tone", null));
    put(group, new Row(70, 40, Flags.NONE, -1, date, saved, "Mtwo", "Ttwo", null));
    group.commit();
    group.close();
    Mailbox box = tested().open(BOX);
    Snapshot cut = box.snapshot();
    assertEquals(new MailboxId("Frestored-" + ALICE), cut.info().id());
    assertEquals(77, cut.info().uidValidity());
    assertEquals(UID_NEXT, cut.uidNext());
    assertEquals(MOD_SEQ, cut.highestModSeq());
    assertEquals(UidSet.builder().add(7).add(70).build(), cut.uids());
    Row row = rows(box, Item.INTERNAL_DATE, Item.SAVE_DATE, Item.IDS).get(0);
    assertEquals(new Row(7, 8_000, flags, -1, date, saved, "Mone", "Tone", null), row);
    assertEquals(40, rows(box).get(1).modSeq());
    assertArrayEquals(message(70), read(box, 70));
    assertEquals(UID_NEXT, tested().append(BOX));
    assertTrue(box.snapshot().highestModSeq() > MOD_SEQ, "MODSEQ goes on");
  }

  /** All messages of a restoration come under the same highest MODSEQ. */
  @Test
  default void whatASessionSeesInTheMiddleIsNotAllThatItEverSees() throws Exception {
    RestoreGroup group = begin(ALICE, BOX);
    put(group, 1, 399);
    lookAt(BOX);
    put(group, 401, 799);
    group.commit();
    group.close();
    assertEquals(everyOther(1, 799), tested().open(BOX, Access.READ).snapshot().uids());
    Mailbox box = tested().open(BOX);
    Flags seen = Flags.of(SystemFlag.SEEN);
    assertEquals(
        everyOther(1, 799),
        box.storeFlags(ALL, FlagChange.add(seen), OptionalLong.empty()).changed());
    assertEquals(400, box.copy(UidSet.range(1, UID_NEXT), INBOX).copies().size());
    assertEquals(everyOther(51, 149), box.remove(UidSet.range(50, 150)).uids());
    assertEquals(350, box.snapshot().uids().size());
  }

  @Test
  default void whatWasSeenInTheMiddleIsNotRememberedOverARestart() throws Exception {
    RestoreGroup group = begin(ALICE, BOX);
    put(group, 1, 399);
    lookAt(BOX);
    put(group, 401, 419);
    group.commit();
    tested().reopen();
    assertEquals(everyOther(1, 419), tested().open(BOX).snapshot().uids());
  }

  /** Where a store builds aside there is nothing to see yet. */
  private void lookAt(MailboxName name) throws StoreException {
    try {
      UidSet seen = tested().open(name).snapshot().uids();
      assertTrue(seen.size() <= 200, () -> "more than all: " + seen);
    } catch (StoreException e) {
      assertEquals(Code.NONEXISTENT, e.code());
    }
  }

  private void assumeAtomic() {
    assumeTrue(tested().promises().contains(Promise.ATOMIC_RESTORE), "not promised");
  }

  /** BOX as it came back once, with one message more and one less. */
  private Snapshot restoredAndUsed() throws Exception {
    RestoreGroup group = begin(ALICE, BOX);
    put(group, 1, 9);
    group.commit();
    group.close();
    tested().append(BOX);
    Mailbox box = tested().open(BOX);
    box.remove(UidSet.of(3));
    return box.snapshot();
  }

  private void assertAsBefore(Snapshot before, Mailbox box) throws Exception {
    Snapshot now = box.snapshot();
    assertEquals(before.uids(), now.uids());
    assertEquals(before.uidNext(), now.uidNext());
    assertEquals(before.highestModSeq(), now.highestModSeq());
    assertEquals(before.info(), now.info());
    assertArrayEquals(message(5), read(box, 5));
  }

  @Test
  default void untilTheCommitTheMailboxIsTheOldOneForEverybody() throws Exception {
    assumeAtomic();
    Snapshot before = restoredAndUsed();
    Mailbox early = tested().open(BOX);
    List<MailboxInfo> names = tested().account().list(ListQuery.ALL);
    RestoreGroup group = begin(ALICE, BOX);
    put(group, 1, 399);
    assertAsBefore(before, early);
    assertAsBefore(before, tested().open(BOX));
    assertEquals(names, tested().account().list(ListQuery.ALL));
    assertEquals(
        before.uids().size(),
        tested().account().status(BOX, Set.of(StatusItem.MESSAGES)).get(StatusItem.MESSAGES));
    // It goes on meanwhile.
    long came = tested().append(BOX);
    assertEquals(before.uids().union(UidSet.of(came)), early.snapshot().uids());
    put(group, 401, 419);
    group.commit();
    assertEquals(everyOther(1, 419), tested().open(BOX).snapshot().uids());
    assertEquals(came + 1, tested().open(BOX).snapshot().uidNext());
    assertRefused(Code.NONEXISTENT, early::snapshot);
  }

  @Test
  default void aRestorationThatIsBrokenOffLeavesTheMailboxAsItWas() throws Exception {
    assumeAtomic();
    Snapshot before = restoredAndUsed();
    Mailbox early = tested().open(BOX);
    RestoreGroup group = begin(ALICE, BOX);
    put(group, 1, 399);
    group.close();
    assertAsBefore(before, early);
    assertAsBefore(before, tested().open(BOX));
    MailboxName none = MailboxName.of("never", "there");
    RestoreGroup another = tested().keep(restoration().begin(ALICE, info("x", none), 9, 9));
    put(another, Row.of(1, 1, Flags.NONE));
    another.close();
    assertRefused(Code.NONEXISTENT, () -> tested().open(none));
    assertRefused(Code.NONEXISTENT, () -> tested().open(MailboxName.of("never")));
    RestoreGroup again = begin(ALICE, BOX);
    put(again, 1, 9);
    again.commit();
    assertEquals(everyOther(1, 9), tested().open(BOX).snapshot().uids());
  }

  /** What holds no messages of anybody yet counts for nobody. */
  @Test
  default void whatIsNotCommittedDoesNotCount() throws Exception {
    assumeAtomic();
    Optional<Quotas> quotas = tested().store().facet(Quotas.class);
    assumeTrue(quotas.isPresent(), "the store has no Quotas");
    tested().createAccount("member-1");
    RestoreGroup group = begin("member-1", MailboxName.of("deep", "down", "it lies"));
    put(group, 1, 399);
    Identity member = Identity.owner("member-1");
    assertEquals(QuotaUse.mailboxes(1), quotas.get().root(member, QuotaContract.GROUP).used());
    group.commit();
    QuotaUse used = quotas.get().root(member, QuotaContract.GROUP).used();
    assertEquals(200, used.messages());
    assertEquals(4, used.mailboxes(), "with the superiors");
  }

  @Test
  default void aRestoredMailboxTakesThePlaceOfThatOfItsName() throws Exception {
    tested().append(INBOX);
    Mailbox old = tested().open(INBOX);
    RestoreGroup group = begin(ALICE, INBOX);
    put(group, 3, 5);
    group.commit();
    group.close();
    assertEquals(everyOther(3, 5), tested().open(INBOX).snapshot().uids());
    assertRefused(Code.NONEXISTENT, old::snapshot);
  }

  /** Clients know UIDs and MODSEQs that were given after what comes back was written down. */
  @Test
  default void overAMailboxThatWentFurtherNothingGoesBack() throws Exception {
    RestoreGroup first = begin(ALICE, BOX);
    put(first, 1, 9);
    first.commit();
    first.close();
    long given = tested().append(BOX);
    Mailbox went = tested().open(BOX);
    went.storeFlags(UidSet.of(3), FlagChange.add(Flags.of(SystemFlag.SEEN)), OptionalLong.empty());
    went.remove(UidSet.of(given));
    Snapshot before = went.snapshot();
    RestoreGroup again = begin(ALICE, BOX);
    put(again, 1, 9);
    again.commit();
    again.close();
    Mailbox box = tested().open(BOX);
    Snapshot after = box.snapshot();
    assertEquals(before.info().uidValidity(), after.info().uidValidity());
    assertEquals(everyOther(1, 9), after.uids());
    assertEquals(given + 1, after.uidNext());
    assertTrue(after.highestModSeq() > before.highestModSeq(), "MODSEQ goes back");
    Changes since = box.changesSince(before.cursor(), PageLimit.DEFAULT);
    assertTrue(since.historyLost(), "what vanished by the restoration is not known");
    assertEquals(
        List.of(1L, 3L, 5L, 7L, 9L), since.changed().stream().map(Row::uid).sorted().toList());
    assertEquals(Flags.NONE, since.changed().get(1).flags());
    assertEquals(given + 1, tested().append(BOX));
    assertTrue(box.snapshot().highestModSeq() > after.highestModSeq());
  }

  /** Clients that saw less than the whole cannot know what vanished at the last MODSEQ. */
  @Test
  default void whatVanishedBeforeIsNotKnown() throws Exception {
    RestoreGroup group = begin(ALICE, BOX);
    put(group, 1, 9);
    group.commit();
    group.close();
    Mailbox box = tested().open(BOX);
    assertTrue(box.changesSince(Cursor.after(MOD_SEQ - 1), PageLimit.DEFAULT).historyLost());
    assertFalse(box.changesSince(Cursor.after(MOD_SEQ), PageLimit.DEFAULT).historyLost());
  }

  @Test
  default void uidsAndModSeqsOutOfOrderAreRefused() throws Exception {
    RestoreGroup group = begin(ALICE, BOX);
    put(group, Row.of(5, 5, Flags.NONE));
    assertRefused(Code.CANNOT, () -> group.next(Row.of(5, 6, Flags.NONE)));
    assertRefused(Code.CANNOT, () -> group.next(Row.of(UID_NEXT, 6, Flags.NONE)));
    assertRefused(Code.CANNOT, () -> group.next(Row.of(6, MOD_SEQ + 1, Flags.NONE)));
  }

  /** Whether somebody looked at the roots before or not, and above all limits. */
  @Test
  default void whatIsRestoredCountsInAllRootsAndIsNotRefused() throws Exception {
    Optional<Quotas> quotas = tested().store().facet(Quotas.class);
    assumeTrue(quotas.isPresent(), "the store has no Quotas");
    tested().createAccount("member-1");
    tested().createAccount("member-2");
    for (String member : List.of("member-1", "member-2")) {
      RestoreGroup group = begin(member, INBOX);
      put(group, 1, 7);
      group.commit();
      group.close();
      QuotaUse used = quotas.get().root(Identity.owner(member), QuotaContract.GROUP).used();
      assertEquals(member.equals("member-1") ? 4 : 8, used.messages());
      assertEquals(2, used.mailboxes());
    }
  }
}
