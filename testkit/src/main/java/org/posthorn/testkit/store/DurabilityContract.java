package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.read;
import static org.posthorn.testkit.store.TestedStore.rows;
import static org.posthorn.testkit.store.TestedStore.write;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Changes;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StatusItem;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** What is still there after the store was closed and opened again. */
public interface DurabilityContract extends ContractPart {
  @Test
  default void messagesSurviveAReopen() throws Exception {
    Flags flags = Flags.of(Set.of(SystemFlag.SEEN), List.of("$Junk", "MixedCase"));
    long uid = tested().append(INBOX, flags, "Subject: kept\r\n\r\ntext\r\n").uids().first();
    byte[] large = TestedStore.noise(700_000, 7);
    UidSet second;
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      write(group, AppendSpec.plain(), large);
      second = group.commit().uids();
    }
    Mailbox before = tested().open(INBOX);
    before.storeFlags(second, FlagChange.add(flags), OptionalLong.empty());
    Snapshot cut = before.snapshot();
    List<Row> rows = withoutIndex(before);
    tested().reopen();
    Mailbox after = tested().open(INBOX);
    assertEquals(cut, after.snapshot());
    assertEquals(rows, withoutIndex(after));
    assertArrayEquals(octets("Subject: kept\r\n\r\ntext\r\n"), read(after, uid));
    assertArrayEquals(large, read(after, second.first()));
    assertEquals(List.of("$Junk", "MixedCase"), after.snapshot().keywords());
    Row row = TestedStore.row(after, uid, Item.INDEX);
    assertTrue(row.index() != null && row.index().size() == 23, "index of 23 octets");
  }

  private static List<Row> withoutIndex(Mailbox mailbox) throws Exception {
    return rows(mailbox, Item.SIZE, Item.INTERNAL_DATE, Item.SAVE_DATE, Item.IDS);
  }

  @Test
  default void namesAndSubscriptionsSurviveAReopen() throws Exception {
    tested().create("a/b");
    tested().account().create(MailboxName.of("Sent"), Set.of(SpecialUse.SENT));
    tested().account().delete(MailboxName.of("a"));
    tested().account().subscribe(MailboxName.parse("a/b"));
    tested().account().subscribe(MailboxName.of("not there"));
    List<MailboxInfo> names = tested().account().list(ListQuery.ALL);
    ListQuery subscribed = new ListQuery(List.of(), Integer.MAX_VALUE, true);
    List<MailboxInfo> subscriptions = tested().account().list(subscribed);
    AccountChanges changes = tested().account().changesSince(0, 1000);
    tested().reopen();
    assertEquals(names, tested().account().list(ListQuery.ALL));
    assertEquals(subscriptions, tested().account().list(subscribed));
    AccountChanges again = tested().account().changesSince(0, 1000);
    assertTrue(again.historyLost() || again.equals(changes));
    assertTrue(again.nextSeq() >= changes.nextSeq(), "the sequence goes on");
  }

  @Test
  default void uidsModSeqsAndUidValidityGoOnAfterAReopen() throws Exception {
    MailboxName name = tested().create("box");
    UidSet first = tested().append(name, Flags.NONE, "a\r\n\r\n", "b\r\n\r\n").uids();
    Mailbox before = tested().open(name);
    before.remove(first);
    Snapshot cut = before.snapshot();
    long uidValidity = cut.info().uidValidity();
    tested().reopen();
    long uid = tested().append(name);
    Snapshot after = tested().open(name).snapshot();
    assertTrue(uid > first.last(), "a UID was used twice");
    assertTrue(after.highestModSeq() > cut.highestModSeq());
    tested().account().delete(name);
    tested().create("box");
    long recreated = tested().open(name).snapshot().info().uidValidity();
    assertTrue(recreated != uidValidity, "UIDVALIDITY was used twice");
  }

  @Test
  default void theFeedGoesOnAfterAReopen() throws Exception {
    UidSet uids = tested().append(INBOX, Flags.NONE, "a\r\n\r\n", "b\r\n\r\n").uids();
    Mailbox before = tested().open(INBOX);
    Snapshot cut = before.snapshot();
    before.remove(UidSet.of(uids.first()));
    before.storeFlags(
        UidSet.of(uids.last()), FlagChange.add(Flags.of(SystemFlag.FLAGGED)), OptionalLong.empty());
    tested().reopen();
    Changes changes = tested().open(INBOX).changesSince(cut.cursor(), PageLimit.DEFAULT);
    assertEquals(List.of(uids.last()), changes.changed().stream().map(Row::uid).toList());
    assertTrue(changes.historyLost() || changes.vanished().equals(UidSet.of(uids.first())));
  }

  @Test
  default void whatWasNotCommittedLeavesNoTraceAfterAReopen() throws Exception {
    Snapshot before = tested().open(INBOX).snapshot();
    AppendGroup ended = tested().beginAppend(INBOX);
    write(ended, AppendSpec.plain(), TestedStore.noise(600_000, 8));
    AppendGroup half = tested().beginAppend(INBOX);
    half.next(AppendSpec.plain()).write(ByteBuffer.wrap(TestedStore.noise(600_000, 9)));
    tested().reopen();
    assertEquals(before, tested().open(INBOX).snapshot());
  }

  @Test
  default void recentAndCountersSurviveAReopen() throws Exception {
    Set<StatusItem> all = Set.of(StatusItem.values());
    tested().append(INBOX);
    tested().open(INBOX).claimRecent();
    tested().append(INBOX, Flags.of(SystemFlag.DELETED), "a\r\n\r\n");
    var before = tested().account().status(INBOX, all);
    assertEquals(1, before.get(StatusItem.RECENT));
    tested().reopen();
    assertEquals(before, tested().account().status(INBOX, all));
  }
}
