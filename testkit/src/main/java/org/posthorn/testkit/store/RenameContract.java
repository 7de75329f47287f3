package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.assertRefused;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.read;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Changes;
import org.posthorn.store.Flags;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Snapshot;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;

/** RENAME (RFC 9051 section 6.3.6). */
public interface RenameContract extends ContractPart {
  private void rename(String from, String to) throws StoreException {
    tested().account().rename(MailboxName.parse(from), MailboxName.parse(to));
  }

  private List<String> names() throws StoreException {
    return tested().account().list(ListQuery.ALL).stream().map(info -> info.name().path()).toList();
  }

  @Test
  default void renameKeepsTheMailbox() throws Exception {
    MailboxName from = MailboxName.of("from");
    tested().account().create(from, Set.of(SpecialUse.ARCHIVE));
    long uid = tested().append(from, Flags.of(SystemFlag.SEEN), "kept\r\n\r\n").uids().first();
    Mailbox open = tested().open(from);
    Snapshot before = open.snapshot();
    rename("from", "to");
    MailboxInfo after = open.snapshot().info();
    assertEquals(MailboxName.of("to"), after.name());
    assertEquals(before.info().id(), after.id());
    assertEquals(before.info().uidValidity(), after.uidValidity());
    assertEquals(Set.of(SpecialUse.ARCHIVE), after.specialUse());
    Mailbox again = tested().open(MailboxName.of("to"));
    assertEquals(before.uids(), again.snapshot().uids());
    assertArrayEquals(octets("kept\r\n\r\n"), read(again, uid));
    assertRefused(Code.NONEXISTENT, () -> tested().open(from));
    assertEquals(List.of("INBOX", "to"), names());
  }

  @Test
  default void inferiorsMoveAndMissingSuperiorsAppear() throws Exception {
    tested().create("a/b/c");
    tested().create("ab");
    tested().append(MailboxName.parse("a/b/c"));
    rename("a", "x/y");
    assertEquals(List.of("INBOX", "ab", "x", "x/y", "x/y/b", "x/y/b/c"), names());
    assertEquals(1, tested().open(MailboxName.parse("x/y/b/c")).snapshot().uids().size());
  }

  @Test
  default void anInferiorMovesAlone() throws Exception {
    tested().create("a/b/c");
    rename("a/b", "b");
    assertEquals(List.of("INBOX", "a", "b", "b/c"), names());
  }

  @Test
  default void aNameWithoutAMailboxIsRenamedToo() throws Exception {
    tested().create("a/b");
    tested().account().delete(MailboxName.of("a"));
    rename("a", "z");
    assertEquals(List.of("INBOX", "z", "z/b"), names());
    assertRefused(Code.CANNOT, () -> tested().open(MailboxName.of("z")));
  }

  @Test
  default void renameRefuses() throws Exception {
    tested().create("a/b");
    tested().create("c");
    assertRefused(Code.NONEXISTENT, () -> rename("none", "d"));
    assertRefused(Code.ALREADY_EXISTS, () -> rename("a", "c"));
    assertRefused(Code.ALREADY_EXISTS, () -> rename("a", "a"));
    assertRefused(Code.ALREADY_EXISTS, () -> rename("a", "Inbox"));
    assertRefused(Code.CANNOT, () -> rename("a", "a/d"));
    String longest = "x".repeat(MailboxName.MAX_OCTETS);
    assertRefused(Code.CANNOT, () -> rename("a", longest));
    assertEquals(List.of("INBOX", "a", "a/b", "c"), names());
  }

  @Test
  default void renameOfInboxMovesItsMessagesOnly() throws Exception {
    tested().create("INBOX/child");
    long uid = tested().append(INBOX, Flags.of(SystemFlag.SEEN), "one\r\n\r\n").uids().first();
    Mailbox inbox = tested().open(INBOX);
    Snapshot before = inbox.snapshot();
    rename("INBOX", "old/mail");
    assertEquals(List.of("INBOX", "INBOX/child", "old", "old/mail"), names());
    Snapshot after = inbox.snapshot();
    assertEquals(INBOX, after.info().name());
    assertEquals(before.info().id(), after.info().id());
    assertTrue(after.uids().isEmpty());
    assertTrue(after.highestModSeq() > before.highestModSeq());
    Changes changes = inbox.changesSince(before.cursor(), PageLimit.DEFAULT);
    assertTrue(changes.historyLost() || changes.vanished().contains(uid));
    Mailbox moved = tested().open(MailboxName.parse("old/mail"));
    assertEquals(1, moved.snapshot().uids().size());
    assertNotEquals(before.info().id(), moved.snapshot().info().id());
    assertArrayEquals(octets("one\r\n\r\n"), read(moved, moved.snapshot().uids().first()));
    assertTrue(tested().append(INBOX) > uid);
  }

  @Test
  default void subscriptionsDoNotFollow() throws Exception {
    tested().account().subscribe(tested().create("from"));
    rename("from", "to");
    List<MailboxInfo> subscribed =
        tested().account().list(new ListQuery(List.of(), Integer.MAX_VALUE, true));
    assertEquals(List.of("from"), subscribed.stream().map(i -> i.name().path()).toList());
  }

  @Test
  default void aNewMailboxOfTheOldNameIsAnotherOne() throws Exception {
    MailboxInfo old = tested().account().create(MailboxName.of("box"), Set.of());
    rename("box", "away");
    MailboxInfo fresh = tested().account().create(MailboxName.of("box"), Set.of());
    assertNotEquals(old.id(), fresh.id());
    assertNotEquals(old.uidValidity(), fresh.uidValidity());
    tested().account().delete(MailboxName.of("box"));
    rename("away", "box");
    assertNotEquals(
        fresh.uidValidity(), tested().open(MailboxName.of("box")).snapshot().info().uidValidity());
  }
}
