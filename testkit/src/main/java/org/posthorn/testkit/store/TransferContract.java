package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALL;
import static org.posthorn.testkit.store.TestedStore.assertRefused;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.read;
import static org.posthorn.testkit.store.TestedStore.row;
import static org.posthorn.testkit.store.TestedStore.write;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Changes;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** COPY and MOVE. */
public interface TransferContract extends ContractPart {
  private UidSet three() throws Exception {
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      for (int i = 0; i < 3; i++) {
        AppendSpec spec =
            AppendSpec.plain()
                .withFlags(Flags.of(Set.of(SystemFlag.SEEN), List.of("$Label" + i)))
                .withInternalDate(OffsetDateTime.parse("2020-01-0" + (i + 1) + "T00:00:00+02:00"));
        write(group, spec, octets("Subject: " + i + "\r\n\r\n"));
      }
      return group.commit().uids();
    }
  }

  @Test
  default void copyKeepsFlagsDateOctetsAndEmailId() throws Exception {
    MailboxName other = tested().create("other");
    UidSet uids = three();
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    CopyResult result = inbox.copy(uids, other);
    assertEquals(uids, result.source());
    assertEquals(3, result.copies().size());
    assertTrue(result.gone().isEmpty());
    assertEquals(other, result.destination().name());
    assertEquals(before, inbox.snapshot());
    Mailbox target = tested().open(other);
    assertEquals(target.snapshot().info(), result.destination());
    assertEquals(result.copies(), target.snapshot().uids());
    Item[] kept = {Item.SIZE, Item.INTERNAL_DATE, Item.IDS};
    long modSeq = target.snapshot().highestModSeq();
    for (int i = 0; i < 3; i++) {
      Row original = row(inbox, uids.nth(i), kept);
      Row copy = row(target, result.copies().nth(i), kept);
      assertEquals(original.flags(), copy.flags());
      assertEquals(original.size(), copy.size());
      assertEquals(original.internalDate(), copy.internalDate());
      assertEquals(original.emailId(), copy.emailId());
      assertEquals(modSeq, copy.modSeq());
      assertArrayEquals(octets("Subject: " + i + "\r\n\r\n"), read(target, copy.uid()));
    }
    assertTrue(target.snapshot().keywords().containsAll(List.of("$Label0", "$Label2")));
  }

  @Test
  default void copiesAreRecent() throws Exception {
    MailboxName other = tested().create("other");
    tested().open(other).claimRecent();
    UidSet copies = tested().open(INBOX).copy(three(), other).copies();
    assertTrue(tested().open(other).claimRecent() <= copies.first());
  }

  @Test
  default void transfersPassOverWhatIsNotThere() throws Exception {
    MailboxName other = tested().create("other");
    UidSet uids = three();
    UidSet asked = uids.union(UidSet.of(4_000_000_000L));
    Mailbox inbox = tested().open(INBOX);
    assertEquals(UidSet.of(4_000_000_000L), inbox.copy(asked, other).gone());
    CopyResult moved = inbox.move(asked, other);
    assertEquals(UidSet.of(4_000_000_000L), moved.gone());
    assertEquals(uids, moved.source());
    Snapshot before = tested().open(other).snapshot();
    CopyResult none = inbox.move(asked, other);
    assertTrue(none.source().isEmpty() && none.copies().isEmpty());
    assertEquals(asked, none.gone());
    assertEquals(before, tested().open(other).snapshot());
  }

  @Test
  default void transfersNeedAMailbox() throws Exception {
    UidSet uids = three();
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    MailboxName none = MailboxName.of("none");
    assertRefused(Code.NONEXISTENT, () -> inbox.copy(uids, none));
    assertRefused(Code.NONEXISTENT, () -> inbox.move(uids, none));
    tested().create("top/child");
    tested().account().delete(MailboxName.of("top"));
    assertRefused(Code.CANNOT, () -> inbox.copy(uids, MailboxName.of("top")));
    assertRefused(Code.CANNOT, () -> inbox.move(uids, MailboxName.of("top")));
    assertEquals(before, inbox.snapshot());
  }

  @Test
  default void moveTakesTheOriginalsAway() throws Exception {
    MailboxName other = tested().create("other");
    UidSet uids = three();
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    UidSet moved = UidSet.of(uids.nth(0), uids.nth(2));
    CopyResult result = inbox.move(moved, other);
    assertEquals(moved, result.source());
    assertTrue(result.sourceModSeq() > before.highestModSeq());
    assertEquals(UidSet.of(uids.nth(1)), inbox.snapshot().uids());
    assertEquals(result.sourceModSeq(), inbox.snapshot().highestModSeq());
    Changes changes = inbox.changesSince(before.cursor(), PageLimit.DEFAULT);
    assertTrue(changes.historyLost() || changes.vanished().equals(moved));
    Mailbox target = tested().open(other);
    assertArrayEquals(octets("Subject: 2\r\n\r\n"), read(target, result.copies().nth(1)));
    assertEquals(
        Flags.of(Set.of(SystemFlag.SEEN), List.of("$Label2")),
        row(target, result.copies().nth(1)).flags());
  }

  @Test
  default void copyAndMoveWithinOneMailboxGiveNewUids() throws Exception {
    UidSet uids = three();
    Mailbox inbox = tested().open(INBOX);
    CopyResult copied = inbox.copy(uids, INBOX);
    assertTrue(copied.copies().first() > uids.last());
    assertEquals(6, inbox.snapshot().uids().size());
    Snapshot before = inbox.snapshot();
    CopyResult moved = inbox.move(uids, INBOX);
    assertTrue(moved.copies().first() > copied.copies().last());
    assertEquals(copied.copies().union(moved.copies()), inbox.snapshot().uids());
    assertArrayEquals(octets("Subject: 1\r\n\r\n"), read(inbox, moved.copies().nth(1)));
    Changes changes = inbox.changesSince(before.cursor(), PageLimit.DEFAULT);
    assertEquals(
        moved.copies().stream().boxed().toList(),
        changes.changed().stream().map(Row::uid).toList());
    assertTrue(changes.historyLost() || changes.vanished().equals(uids));
  }

  @Test
  default void manyAreCopiedAtOnce() throws Exception {
    Mailbox mailbox = tested().filled("many", 2_000);
    MailboxName other = tested().create("other");
    CopyResult copied = mailbox.copy(ALL, other);
    assertEquals(mailbox.snapshot().uids(), copied.source());
    assertEquals(2_000, copied.copies().size());
    CopyResult moved = tested().open(other).move(copied.copies(), INBOX);
    assertEquals(2_000, moved.copies().size());
    assertTrue(tested().open(other).snapshot().uids().isEmpty());
    assertEquals(moved.copies(), tested().open(INBOX).snapshot().uids());
  }
}
