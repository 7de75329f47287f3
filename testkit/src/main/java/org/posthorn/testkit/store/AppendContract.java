package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.assertRefused;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.read;
import static org.posthorn.testkit.store.TestedStore.row;
import static org.posthorn.testkit.store.TestedStore.write;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Flags;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Replaced;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** APPEND, MULTIAPPEND and REPLACE. */
public interface AppendContract extends ContractPart {
  @Test
  default void appendTellsWhereTheMessageWent() throws Exception {
    Snapshot before = tested().open(INBOX).snapshot();
    Appended appended = tested().append(INBOX, Flags.NONE, "a\r\n\r\n");
    assertEquals(UidSet.of(before.uidNext()), appended.uids());
    assertTrue(appended.modSeq() > before.highestModSeq());
    assertEquals(before.info().uidValidity(), appended.mailbox().uidValidity());
    assertEquals(INBOX, appended.mailbox().name());
    Snapshot after = tested().open(INBOX).snapshot();
    assertEquals(appended.uids(), after.uids());
    assertEquals(appended.modSeq(), after.highestModSeq());
    assertTrue(after.uidNext() > appended.uids().last());
  }

  @Test
  default void appendedRowHasWhatWasGiven() throws Exception {
    OffsetDateTime date = OffsetDateTime.parse("2001-02-03T04:05:06-07:30");
    Flags flags = Flags.of(Set.of(SystemFlag.SEEN, SystemFlag.DRAFT), List.of("$Label1", "x"));
    byte[] message = octets("Subject: x\r\n\r\ntext\r\n");
    Appended appended;
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      write(group, AppendSpec.plain().withFlags(flags).withInternalDate(date), message);
      appended = group.commit();
    }
    Row row =
        row(
            tested().open(INBOX),
            appended.uids().first(),
            Item.SIZE,
            Item.INTERNAL_DATE,
            Item.SAVE_DATE,
            Item.IDS,
            Item.INDEX);
    assertEquals(flags, row.flags());
    assertEquals(appended.modSeq(), row.modSeq());
    assertEquals(date, row.internalDate());
    assertEquals(message.length, row.size());
    assertNotNull(row.saveDate());
    assertArrayEquals(MessageIndex.of(message).encode(), assertPresent(row.index()).encode());
  }

  private static <T> T assertPresent(@Nullable T value) {
    return Optional.ofNullable(value).orElseThrow();
  }

  @Test
  default void internalDateIsThatOfTheCommitWhenNoneWasGiven() throws Exception {
    OffsetDateTime before = OffsetDateTime.now(ZoneOffset.UTC);
    long uid = tested().append(INBOX);
    Row row = row(tested().open(INBOX), uid, Item.INTERNAL_DATE);
    Duration away = Duration.between(before, assertPresent(row.internalDate())).abs();
    assertTrue(away.compareTo(Duration.ofMinutes(5)) < 0, "away by " + away);
  }

  @Test
  default void aGroupBecomesVisibleTogether() throws Exception {
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    Appended appended;
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      for (int i = 0; i < 3; i++) {
        write(group, AppendSpec.plain(), octets("Subject: " + i + "\r\n\r\n"));
        assertEquals(before, inbox.snapshot());
      }
      appended = group.commit();
    }
    assertEquals(3, appended.uids().size());
    assertEquals(appended.uids(), inbox.snapshot().uids());
    for (int i = 0; i < 3; i++) {
      long uid = appended.uids().nth(i);
      assertEquals(appended.modSeq(), row(inbox, uid).modSeq());
      assertArrayEquals(octets("Subject: " + i + "\r\n\r\n"), read(inbox, uid));
    }
  }

  @Test
  default void aGroupWithoutCommitLeavesNoTrace() throws Exception {
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      write(group, AppendSpec.plain(), octets("a\r\n\r\n"));
      group.next(AppendSpec.plain()).write(ByteBuffer.wrap(octets("b")));
    }
    assertEquals(before, inbox.snapshot());
  }

  @Test
  default void aMessageThatWasNotEndedIsNotPublished() throws Exception {
    Mailbox inbox = tested().open(INBOX);
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      write(group, AppendSpec.plain(), octets("whole\r\n\r\n"));
      group.next(AppendSpec.plain()).write(ByteBuffer.wrap(octets("half")));
      assertEquals(1, group.commit().uids().size());
    }
    assertEquals(1, inbox.snapshot().uids().size());
  }

  @Test
  default void anEmptyGroupChangesNothing() throws Exception {
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      assertTrue(group.commit().uids().isEmpty());
    }
    assertEquals(before, inbox.snapshot());
  }

  @Test
  default void appendNeedsAMailbox() throws Exception {
    assertRefused(Code.NONEXISTENT, () -> tested().beginAppend(MailboxName.of("none")));
    MailboxName child = tested().create("top/child");
    tested().account().delete(MailboxName.of("top"));
    assertRefused(Code.CANNOT, () -> tested().beginAppend(MailboxName.of("top")));
    assertEquals(1, tested().append(child, Flags.NONE, "a\r\n\r\n").uids().size());
  }

  @Test
  default void aMailboxDeletedMeanwhileTakesNothing() throws Exception {
    MailboxName name = tested().create("short-lived");
    try (AppendGroup group = tested().beginAppend(name)) {
      write(group, AppendSpec.plain(), octets("a\r\n\r\n"));
      tested().account().delete(name);
      tested().create("short-lived");
      assertRefused(Code.NONEXISTENT, group::commit);
    }
    assertTrue(tested().open(name).snapshot().uids().isEmpty());
  }

  @Test
  default void aMailboxRenamedMeanwhileTakesTheMessage() throws Exception {
    MailboxName before = tested().create("before");
    MailboxName after = MailboxName.of("after");
    try (AppendGroup group = tested().beginAppend(before)) {
      write(group, AppendSpec.plain(), octets("a\r\n\r\n"));
      tested().account().rename(before, after);
      assertEquals(after, group.commit().mailbox().name());
    }
    assertEquals(1, tested().open(after).snapshot().uids().size());
  }

  @Test
  default void anAnnouncedSizeBeyondTheLimitIsRefusedAtOnce() throws Exception {
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      assertRefused(
          Code.TOO_BIG, () -> group.next(AppendSpec.plain().withLimit(100).withSize(101)));
      write(group, AppendSpec.plain().withLimit(100).withSize(100), new byte[100]);
      assertEquals(1, group.commit().uids().size());
    }
  }

  @Test
  default void octetsBeyondTheLimitAreRefusedAsTheyCome() throws Exception {
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain().withLimit(100)));
      append.write(ByteBuffer.allocate(100));
      assertRefused(Code.TOO_BIG, () -> append.write(ByteBuffer.allocate(1)));
    }
    assertTrue(tested().open(INBOX).snapshot().uids().isEmpty());
  }

  @Test
  default void replaceTakesTheOldMessageAwayInTheSameStep() throws Exception {
    Mailbox inbox = tested().open(INBOX);
    long old = tested().append(INBOX);
    Snapshot before = inbox.snapshot();
    Appended appended;
    try (AppendGroup group =
        tested().account().beginAppend(INBOX, Optional.of(new Replaced(inbox, old)))) {
      write(group, AppendSpec.plain(), octets("new\r\n\r\n"));
      assertTrue(inbox.snapshot().uids().contains(old));
      appended = group.commit();
    }
    assertEquals(appended.uids(), inbox.snapshot().uids());
    assertTrue(inbox.snapshot().highestModSeq() > before.highestModSeq());
  }

  @Test
  default void replaceGoesAcrossMailboxes() throws Exception {
    MailboxName sent = tested().create("Sent");
    Mailbox inbox = tested().open(INBOX);
    long old = tested().append(INBOX);
    try (AppendGroup group =
        tested().account().beginAppend(sent, Optional.of(new Replaced(inbox, old)))) {
      write(group, AppendSpec.plain(), octets("new\r\n\r\n"));
      group.commit();
    }
    assertTrue(inbox.snapshot().uids().isEmpty());
    assertEquals(1, tested().open(sent).snapshot().uids().size());
  }

  @Test
  default void replaceOfAMessageThatIsGoneAddsNothing() throws Exception {
    Mailbox inbox = tested().open(INBOX);
    long old = tested().append(INBOX);
    try (AppendGroup group =
        tested().account().beginAppend(INBOX, Optional.of(new Replaced(inbox, old)))) {
      write(group, AppendSpec.plain(), octets("new\r\n\r\n"));
      inbox.remove(UidSet.of(old));
      assertRefused(Code.EXPUNGED, group::commit);
    }
    assertTrue(inbox.snapshot().uids().isEmpty());
    assertRefused(
        Code.EXPUNGED,
        () -> tested().account().beginAppend(INBOX, Optional.of(new Replaced(inbox, old))));
  }

  @Test
  default void everyMessageHasItsOwnEmailId() throws Exception {
    Appended appended = tested().append(INBOX, Flags.NONE, "same\r\n\r\n", "same\r\n\r\n");
    Mailbox inbox = tested().open(INBOX);
    String first = row(inbox, appended.uids().nth(0), Item.IDS).emailId();
    String second = row(inbox, appended.uids().nth(1), Item.IDS).emailId();
    if (first != null && second != null) {
      assertTrue(first.matches("[A-Za-z0-9_-]{1,255}"), first);
      assertFalse(first.isEmpty());
    }
    assertEquals(first == null, second == null);
  }
}
