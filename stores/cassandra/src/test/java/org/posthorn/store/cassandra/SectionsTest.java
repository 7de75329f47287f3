package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StatusItem;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Large mailboxes, whose older messages lie in partitions of their own. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
@Tag("long")
class SectionsTest extends TwoServers {
  private static final Flags SEEN = Flags.of(SystemFlag.SEEN);
  private static final int SECTION = 300;

  private CassandraStore splitting;

  @BeforeEach
  void openSplitting() throws Exception {
    splitting = TestKeyspace.shared().sectionUids(SECTION).open();
  }

  @AfterEach
  void closeSplitting() {
    splitting.close();
  }

  @Test
  void sectionsHaveAtLeastTenUids() {
    assertThrows(IllegalArgumentException.class, () -> TestKeyspace.shared().sectionUids(9));
  }

  /** Many messages through a store. */
  private static Mailbox fill(CassandraStore store, int count) throws Exception {
    append(store, INBOX, "Subject: one\r\n\r\n");
    Mailbox inbox = open(store, INBOX);
    long there = 1;
    while (there < count) {
      inbox.copy(UidSet.range(1, Math.min(there, count - there)), INBOX);
      there = inbox.snapshot().uids().size();
    }
    return inbox;
  }

  private Box head(Mailbox mailbox) throws Exception {
    return here.parts().boxes().quiet(mailbox.info().id().value());
  }

  private void awaitClosed(Mailbox mailbox, long below) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (head(mailbox).closedBelow != below) {
      assertTrue(System.nanoTime() < end, "closed below " + head(mailbox).closedBelow);
      Thread.onSpinWait();
    }
  }

  private static UidSet uids(Mailbox mailbox) throws Exception {
    UidSet.Builder uids = UidSet.builder();
    for (Row row : mailbox.list(ALL, PageLimit.DEFAULT, Set.of()).rows()) {
      uids.add(row.uid());
    }
    return uids.build();
  }

  private long rows(String partition) throws Exception {
    return here.parts()
        .cql()
        .all("SELECT n FROM mailbox WHERE id = ? AND kind = 0", partition)
        .size();
  }

  @Test
  void olderMessagesGoIntoPartitionsOfTheirOwn() throws Exception {
    Mailbox first = open(there, INBOX);
    assertTrue(uids(first).isEmpty());
    Mailbox inbox = fill(splitting, 700);
    awaitClosed(inbox, 600);
    String id = inbox.info().id().value();
    assertEquals(299, rows(id + "#0"));
    assertEquals(300, rows(id + "#1"));
    assertEquals(101, rows(id));
    for (Mailbox mailbox : List.of(inbox, first, open(here, INBOX))) {
      assertEquals(UidSet.range(1, 700), uids(mailbox));
      assertEquals(UidSet.range(1, 700), mailbox.snapshot().uids());
      assertEquals(16, mailbox.content(1).size());
      assertEquals(
          List.of(299L, 300L, 599L, 600L),
          mailbox.list(UidSet.of(299, 300, 599, 600), PageLimit.DEFAULT, Set.of()).rows().stream()
              .map(Row::uid)
              .toList());
    }
  }

  @Test
  void changesOfMessagesInSectionsAreSeenAsAllOthers() throws Exception {
    alice(here).create(MailboxName.of("box"), Set.of());
    Mailbox inbox = fill(splitting, 700);
    awaitClosed(inbox, 600);
    Mailbox other = open(there, INBOX);
    Snapshot before = other.snapshot();
    UidSet some = UidSet.range(290, 310).union(UidSet.range(650, 652));
    var stored = inbox.storeFlags(some, FlagChange.add(SEEN), OptionalLong.empty());
    assertEquals(some, stored.changed());
    List<Long> told = new ArrayList<>();
    for (Row row : other.changesSince(before.cursor(), PageLimit.DEFAULT).changed()) {
      assertEquals(stored.modSeq(), row.modSeq());
      assertTrue(row.flags().has(SystemFlag.SEEN));
      told.add(row.uid());
    }
    assertEquals(some.size(), told.size());
    assertEquals(700 - some.size(), unseen());

    UidSet gone = UidSet.of(1, 299, 300, 700);
    assertEquals(gone, inbox.remove(gone).uids());
    assertEquals(gone, other.changesSince(before.cursor(), PageLimit.DEFAULT).vanished());
    assertEquals(UidSet.range(1, 700).minus(gone), uids(other));
    UidSet moved = UidSet.range(2, 400).minus(gone);
    assertEquals(moved, other.move(moved, MailboxName.of("box")).source());
    assertEquals(UidSet.range(401, 699), uids(inbox));
    assertEquals(UidSet.range(401, 699), inbox.snapshot().uids());
    assertEquals(moved.size(), open(here, MailboxName.of("box")).snapshot().uids().size());
    assertFalse(other.changesSince(Cursor.after(1), PageLimit.DEFAULT).historyLost());
    assertEquals(
        QuotaUse.NONE, here.facet(Quotas.class).orElseThrow().recount("alice"), "the counters");
  }

  private long unseen() throws Exception {
    return alice(there).status(INBOX, Set.of(StatusItem.UNSEEN)).values().get(StatusItem.UNSEEN);
  }

  @Test
  void aSectionThatADeadServerBeganIsFilledByWhoeverComesNext() throws Exception {
    Mailbox inbox = fill(here, 700);
    Boxes boxes = splitting.parts().boxes();
    String id = inbox.info().id().value();
    Draft draft = new Draft(boxes.messages, boxes.quiet(id));
    boxes.sections.begin(draft, SECTION);
    assertTrue(boxes.decide(draft));
    // It dies after the first batch, which has flags that are changed before the next.
    Sections sections = boxes.sections;
    assertTrue(boxes.decided(id).intent instanceof Intent.Split);
    Mailbox other = open(there, INBOX);
    other.storeFlags(UidSet.of(7, 299, 300), FlagChange.add(SEEN), OptionalLong.empty());
    assertEquals(SECTION, head(inbox).closedBelow);
    assertEquals(299, rows(id + "#0"));
    assertEquals(697, unseen());
    assertEquals(UidSet.range(1, 700), uids(other));
    // Who comes too late with what was decided then changes nothing.
    assertTrue(sections.head(id + "#0").modSeq() > draft.before.modSeq);
    assertFalse(sections.fill(draft.box, new Intent.Split(draft.before.modSeq, SECTION)));
    assertEquals(697, unseen());
  }

  @Test
  void sectionsGoWithTheirMailbox() throws Exception {
    MailboxName box = MailboxName.of("box");
    alice(here).create(box, Set.of());
    Mailbox inbox = fill(splitting, 700);
    awaitClosed(inbox, 600);
    inbox.move(ALL, box);
    Mailbox moved = open(splitting, box);
    awaitClosed(moved, 600);
    String id = moved.info().id().value();
    assertEquals(299, rows(id + "#0"));
    alice(there).delete(box);
    assertEquals(0, rows(id + "#0") + rows(id + "#1") + rows(id + "#2") + rows(id));
  }
}
