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
import static org.posthorn.testkit.store.TestedStore.noise;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.read;
import static org.posthorn.testkit.store.TestedStore.rows;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Append;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Promise;
import org.posthorn.store.Restoration;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** What becomes of mailboxes that came back, and of what they bring with them. */
public interface RestoredMailContract extends ContractPart {
  MailboxName PLACE = MailboxName.of("shelf", "restored");
  Flags SOME = Flags.of(Set.of(SystemFlag.SEEN), List.of("$Work"));

  private Restoration restoration() {
    Optional<Restoration> facet = tested().store().facet(Restoration.class);
    assumeTrue(facet.isPresent(), "the store has no Restoration");
    return facet.orElseThrow();
  }

  private static MailboxInfo info(String id) {
    return new MailboxInfo(
        PLACE,
        new MailboxId(id),
        1_234_567,
        MailboxInfo.State.SELECTABLE,
        false,
        false,
        Set.of(SpecialUse.ARCHIVE));
  }

  private static Row restored(long uid, long modSeq, String emailId) {
    return new Row(
        uid,
        modSeq,
        SOME,
        -1,
        OffsetDateTime.parse("2020-01-02T03:04:05+02:00"),
        Instant.parse("2021-02-03T04:05:06Z"),
        emailId,
        "Tthread-" + uid,
        null);
  }

  private static void write(Append append, byte[] message) throws StoreException {
    append.write(ByteBuffer.wrap(message));
    append.end(MessageIndex.of(message));
  }

  /** Messages 3 and 5 of six that there once were. */
  private void restore(String id) throws StoreException {
    try (Restoration.RestoreGroup group = restoration().begin(ALICE, info(id), 7, 20)) {
      write(group.next(restored(3, 9, "Mthree")), octets("Subject: three\r\n\r\n"));
      write(group.next(restored(5, 20, "Mfive")), noise(200_000, 5));
      group.commit();
    }
  }

  private Mailbox opened() throws StoreException {
    return tested().open(PLACE);
  }

  @Test
  default void aMailboxComesBackWithItsIdentityUidsAndModSeqs() throws Exception {
    restore("Frestored-1");
    Mailbox mailbox = opened();
    Snapshot snapshot = mailbox.snapshot();
    assertEquals(UidSet.of(3, 5), snapshot.uids());
    assertEquals(7, snapshot.uidNext());
    assertEquals(20, snapshot.highestModSeq());
    assertEquals(List.of("$Work"), snapshot.keywords());
    assertEquals(new MailboxId("Frestored-1"), mailbox.info().id());
    assertEquals(1_234_567, mailbox.info().uidValidity());
    assertEquals(Set.of(SpecialUse.ARCHIVE), mailbox.info().specialUse());
    List<Row> rows = rows(mailbox, Item.SIZE, Item.INTERNAL_DATE, Item.SAVE_DATE, Item.IDS);
    assertEquals(2, rows.size());
    Row five = restored(5, 20, "Mfive");
    assertEquals(
        new Row(
            5, 20, SOME, 200_000, five.internalDate(), five.saveDate(), "Mfive", "Tthread-5", null),
        rows.get(1));
    assertEquals("Mthree", rows.get(0).emailId());
    assertArrayEquals(noise(200_000, 5), read(mailbox, 5));
    assertEquals(0, mailbox.claimRecent() - 7, "nothing is recent");
    assertEquals(
        Map.of(StatusItem.MESSAGES, 2L, StatusItem.UNSEEN, 0L, StatusItem.SIZE, 200_018L),
        tested()
            .account()
            .status(PLACE, Set.of(StatusItem.MESSAGES, StatusItem.UNSEEN, StatusItem.SIZE))
            .values());
  }

  @Test
  default void whatHappensAfterwardsGoesOnWhereItEnded() throws Exception {
    restore("Frestored-2");
    Mailbox mailbox = opened();
    Snapshot start = mailbox.snapshot();
    assertTrue(mailbox.changesSince(Cursor.after(8), PageLimit.DEFAULT).historyLost());
    assertEquals(7, tested().append(PLACE));
    var stored =
        mailbox.storeFlags(
            UidSet.of(3), FlagChange.add(Flags.of(SystemFlag.FLAGGED)), OptionalLong.empty());
    assertTrue(stored.modSeq() > 20);
    mailbox.remove(UidSet.of(5));
    Changes changes = mailbox.changesSince(start.cursor(), PageLimit.DEFAULT);
    assertFalse(changes.historyLost());
    assertEquals(UidSet.of(5), changes.vanished());
    assertEquals(List.of(7L, 3L), changes.changed().stream().map(Row::uid).toList());
    assertEquals(UidSet.of(3, 7), mailbox.snapshot().uids());
  }

  @Test
  default void whatHadTheNameBeforeGoes() throws Exception {
    restoration();
    tested().create(PLACE.path());
    tested().append(PLACE);
    restore("Frestored-3");
    assertEquals(UidSet.of(3, 5), opened().snapshot().uids());
    // Once more, over itself.
    restore("Frestored-3");
    assertEquals(UidSet.of(3, 5), opened().snapshot().uids());
    assertEquals(7, opened().snapshot().uidNext());
    assertEquals(20, opened().snapshot().highestModSeq());
    opened().remove(ALL);
    tested().append(PLACE);
    restore("Frestored-3");
    assertEquals(UidSet.of(3, 5), opened().snapshot().uids());
    assertArrayEquals(octets("Subject: three\r\n\r\n"), read(opened(), 3));
    tested().account().delete(PLACE);
    restore("Frestored-3");
    assertEquals(UidSet.of(3, 5), opened().snapshot().uids());
    assertEquals(
        1,
        tested().account().list(ListQuery.ALL).stream()
            .filter(found -> found.name().equals(PLACE))
            .count());
  }

  @Test
  default void aCopyOfARestoredMessageHasItsEmailId() throws Exception {
    restore("Frestored-5");
    opened().copy(UidSet.of(3), INBOX);
    assertEquals("Mthree", TestedStore.row(tested().open(INBOX), 1, Item.IDS).emailId());
    byte[] message = octets("Subject: three\r\n\r\n");
    MailboxInfo other =
        new MailboxInfo(
            MailboxName.of("other"),
            new MailboxId("Fother-5"),
            7,
            MailboxInfo.State.SELECTABLE,
            false,
            false,
            Set.of());
    try (MessageContent like = opened().content(3);
        Restoration.RestoreGroup group = restoration().begin(ALICE, other, 9, 9)) {
      group.nextLike(restored(7, 8, "Mthree"), like, MessageIndex.of(message));
      try (MessageContent copy = group.content(7)) {
        group.nextLike(restored(8, 8, "Mthree"), copy, MessageIndex.of(message));
      }
      assertRefused(Code.EXPUNGED, () -> group.content(6).close());
      group.commit();
    }
    opened().remove(ALL);
    Mailbox mailbox = tested().open(MailboxName.of("other"));
    assertEquals("Mthree", TestedStore.row(mailbox, 8, Item.IDS).emailId());
    assertArrayEquals(message, read(mailbox, 7));
    assertArrayEquals(message, read(mailbox, 8));
  }

  @Test
  default void whatIsOutOfOrderOrPlaceIsRefused() throws Exception {
    Restoration restoration = restoration();
    assertRefused(
        Code.NONEXISTENT, () -> restoration.begin("nobody", info("Frestored-6"), 7, 20).close());
    restore("Frestored-6");
    MailboxInfo same =
        new MailboxInfo(
            MailboxName.of("same"),
            new MailboxId("Frestored-6"),
            7,
            MailboxInfo.State.SELECTABLE,
            false,
            false,
            Set.of());
    assertRefused(Code.ALREADY_EXISTS, () -> restoration.begin(ALICE, same, 7, 20).close());
    try (Restoration.RestoreGroup group = restoration.begin(ALICE, info("Frestored-7"), 7, 20)) {
      write(group.next(restored(3, 9, "Mthree")), octets("Subject: three\r\n\r\n"));
      assertRefused(Code.CANNOT, () -> group.next(restored(3, 9, "Mthree")));
      assertRefused(Code.CANNOT, () -> group.next(restored(7, 9, "Mthree")));
      assertRefused(Code.CANNOT, () -> group.next(restored(4, 21, "Mthree")));
    }
    boolean stays = tested().promises().contains(Promise.ATOMIC_RESTORE);
    assertEquals(stays ? UidSet.of(3, 5) : UidSet.EMPTY, opened().snapshot().uids());
  }
}
