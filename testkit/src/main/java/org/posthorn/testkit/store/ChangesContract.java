package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALL;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** The change feed: what changed, what vanished, where to go on. */
public interface ChangesContract extends ContractPart {
  /** Messages in the tests of large mailboxes. */
  int largeMailbox();

  private static FlagsResult flag(Mailbox mailbox, UidSet uids, SystemFlag flag) throws Exception {
    return mailbox.storeFlags(uids, FlagChange.add(Flags.of(flag)), OptionalLong.empty());
  }

  private static Changes since(Mailbox mailbox, Snapshot cut) throws Exception {
    return mailbox.changesSince(cut.cursor(), PageLimit.DEFAULT);
  }

  @Test
  default void nothingChangedAfterTheLatestCut() throws Exception {
    tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    Snapshot cut = inbox.snapshot();
    Changes changes = since(inbox, cut);
    assertEquals(List.of(), changes.changed());
    assertTrue(changes.vanished().isEmpty());
    assertFalse(changes.more());
    assertFalse(changes.historyLost());
    assertFalse(changes.mailboxGone());
    assertEquals(cut.uidNext(), changes.uidNext());
    assertEquals(cut.highestModSeq(), changes.highestModSeq());
    assertEquals(cut.info(), changes.info());
  }

  @Test
  default void newAndFlaggedMessagesAreTold() throws Exception {
    long old = tested().append(INBOX);
    long untouched = tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    Snapshot cut = inbox.snapshot();
    long fresh = tested().append(INBOX);
    FlagsResult flagged = flag(inbox, UidSet.of(old), SystemFlag.FLAGGED);
    Changes changes = since(inbox, cut);
    assertEquals(List.of(fresh, old), changes.changed().stream().map(Row::uid).toList());
    assertNotEquals(untouched, changes.changed().get(0).uid());
    Row row = changes.changed().get(1);
    assertEquals(Flags.of(SystemFlag.FLAGGED), row.flags());
    assertEquals(flagged.modSeq(), row.modSeq());
    assertEquals(inbox.snapshot().highestModSeq(), changes.highestModSeq());
    assertEquals(inbox.snapshot().uidNext(), changes.uidNext());
  }

  @Test
  default void aMessageThatChangedTwiceIsToldOnceAsItIs() throws Exception {
    long uid = tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    Snapshot cut = inbox.snapshot();
    flag(inbox, UidSet.of(uid), SystemFlag.FLAGGED);
    flag(inbox, UidSet.of(uid), SystemFlag.SEEN);
    List<Row> changed = since(inbox, cut).changed();
    assertEquals(1, changed.size());
    assertEquals(Flags.of(SystemFlag.FLAGGED, SystemFlag.SEEN), changed.get(0).flags());
  }

  @Test
  default void vanishedMessagesAreToldOrHistoryIsLost() throws Exception {
    long first = tested().append(INBOX);
    long second = tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    Snapshot cut = inbox.snapshot();
    long passing = tested().append(INBOX);
    inbox.remove(UidSet.of(first, passing));
    Changes changes = since(inbox, cut);
    assertTrue(changes.changed().stream().noneMatch(row -> row.uid() != second));
    assertTrue(
        changes.historyLost() || changes.vanished().clamp(1, cut.uidNext() - 1).contains(first));
    assertFalse(changes.vanished().contains(second));
    assertEquals(List.of(), since(inbox, inbox.snapshot()).changed());
    assertTrue(since(inbox, inbox.snapshot()).vanished().isEmpty());
  }

  @Test
  default void theWholeHistoryIsTheMailbox() throws Exception {
    for (int i = 0; i < 10; i++) {
      tested().append(INBOX);
    }
    Mailbox inbox = tested().open(INBOX);
    inbox.remove(UidSet.of(3, 5));
    flag(inbox, UidSet.of(2), SystemFlag.SEEN);
    Changes all = inbox.changesSince(new Cursor(0, 0), PageLimit.DEFAULT);
    List<Row> expected = new ArrayList<>(TestedStore.rows(inbox));
    expected.sort(
        (a, b) ->
            a.modSeq() == b.modSeq()
                ? Long.compare(a.uid(), b.uid())
                : Long.compare(a.modSeq(), b.modSeq()));
    assertEquals(expected, all.changed());
  }

  @Test
  default void pagesGoOnInsideOneModSeq() throws Exception {
    Mailbox mailbox = tested().filled("large", largeMailbox());
    Snapshot cut = mailbox.snapshot();
    assertEquals(largeMailbox(), cut.uids().size());
    FlagsResult flagged = flag(mailbox, ALL, SystemFlag.FLAGGED);
    assertEquals(cut.uids(), flagged.changed());
    UidSet.Builder told = UidSet.builder();
    Cursor at = cut.cursor();
    long last = 0;
    int rows = 0;
    boolean more = true;
    while (more) {
      Changes page = mailbox.changesSince(at, new PageLimit(1_000, 1 << 20));
      assertTrue(page.changed().size() <= 1_000);
      assertTrue(!page.changed().isEmpty() || !page.more(), "a page goes on");
      for (Row row : page.changed()) {
        assertEquals(flagged.modSeq(), row.modSeq());
        assertTrue(row.uid() > last, "ordered by UID");
        last = row.uid();
        told.add(row.uid());
        rows++;
      }
      at = page.next();
      more = page.more();
    }
    assertEquals(cut.uids(), told.build());
    assertEquals(largeMailbox(), rows);
  }

  @Test
  default void changesBetweenPagesAreNotMissed() throws Exception {
    for (int i = 0; i < 10; i++) {
      tested().append(INBOX);
    }
    Mailbox inbox = tested().open(INBOX);
    Snapshot cut = inbox.snapshot();
    flag(inbox, ALL, SystemFlag.SEEN);
    Changes first = inbox.changesSince(cut.cursor(), new PageLimit(4, 1 << 20));
    assertTrue(first.more());
    long told = first.changed().get(0).uid();
    long untold = cut.uids().last();
    flag(inbox, UidSet.of(told), SystemFlag.FLAGGED);
    inbox.remove(UidSet.of(untold, first.changed().get(1).uid()));
    UidSet.Builder changed = UidSet.builder();
    UidSet vanished = UidSet.EMPTY;
    boolean lost = false;
    Cursor at = first.next();
    boolean more = true;
    while (more) {
      Changes page = inbox.changesSince(at, new PageLimit(4, 1 << 20));
      page.changed().forEach(row -> changed.add(row.uid()));
      vanished = vanished.union(page.vanished());
      lost |= page.historyLost();
      at = page.next();
      more = page.more();
    }
    assertTrue(changed.build().contains(told), "changed again");
    assertFalse(changed.build().contains(untold), "is gone");
    assertTrue(lost || vanished.equals(UidSet.of(untold, first.changed().get(1).uid())));
    assertEquals(
        inbox.snapshot().uids(), changed.build().union(remaining(first, vanished)).minus(vanished));
  }

  private static UidSet remaining(Changes page, UidSet vanished) {
    UidSet.Builder told = UidSet.builder();
    page.changed().forEach(row -> told.add(row.uid()));
    return told.build().minus(vanished);
  }

  @Test
  default void oneRowIsGivenHoweverSmallThePage() throws Exception {
    tested().append(INBOX);
    tested().append(INBOX);
    Mailbox inbox = tested().open(INBOX);
    Changes page = inbox.changesSince(new Cursor(0, 0), new PageLimit(1, 1));
    assertEquals(1, page.changed().size());
    assertTrue(page.more());
    Changes next = inbox.changesSince(page.next(), new PageLimit(1, 1));
    assertEquals(1, next.changed().size());
    assertNotEquals(page.changed().get(0).uid(), next.changed().get(0).uid());
  }

  @Test
  default void aDeletedMailboxIsSaidToBeGone() throws Exception {
    var name = tested().create("doomed");
    Mailbox mailbox = tested().open(name);
    Snapshot cut = mailbox.snapshot();
    tested().account().delete(name);
    assertTrue(since(mailbox, cut).mailboxGone());
    tested().create("doomed");
    assertTrue(since(mailbox, cut).mailboxGone());
  }
}
