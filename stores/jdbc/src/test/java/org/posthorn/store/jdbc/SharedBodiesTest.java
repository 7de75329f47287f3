package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** Messages that are appended like another one refer to its body. */
class SharedBodiesTest {
  private static final byte[] MESSAGE = Mail.message("shared", 300_000);

  @TempDir Path directory;
  private SqliteStore store;
  private Account alice;
  private Mailbox inbox;

  @BeforeEach
  void open() throws StoreException {
    store = SqliteStore.in(directory).open();
    alice = Mail.alice(store);
    inbox = Mail.inbox(alice);
    Mail.append(alice, MESSAGE);
  }

  @AfterEach
  void checkAndClose() throws StoreException {
    assertEquals(List.of(), store.check(Mail.ALICE));
    store.close();
  }

  private long number(String account, String sql) throws StoreException {
    AccountMail file =
        ((Directory) store.facet(AccountDirectory.class).orElseThrow()).open(account);
    try {
      return file.read(db -> db.number(sql));
    } finally {
      file.release();
    }
  }

  private long bodies(String account) throws StoreException {
    return number(account, "SELECT count(*) FROM body");
  }

  private static void appendLike(Account account, MessageContent like) throws StoreException {
    try (AppendGroup group = account.beginAppend(Mail.INBOX, Optional.empty())) {
      group.nextLike(AppendSpec.plain(), like, MessageIndex.of(MESSAGE));
      group.commit();
    }
  }

  @Test
  void oneBodyServesThemAllAndGoesWithTheLast() throws StoreException {
    try (MessageContent first = inbox.content(1)) {
      appendLike(alice, first);
      appendLike(alice, first);
    }
    assertEquals(1, bodies(Mail.ALICE));
    assertEquals(3, number(Mail.ALICE, "SELECT refs FROM body"));
    assertEquals(
        1,
        Mail.rows(inbox, UidSet.range(1, 3), Item.IDS).stream()
            .map(row -> row.emailId())
            .distinct()
            .count());
    inbox.remove(UidSet.range(1, 2));
    Mail.fill(alice, Mail.INBOX, 1);
    assertArrayEquals(MESSAGE, Mail.read(inbox, 3));
    inbox.remove(UidSet.of(3));
    Mail.fill(alice, Mail.INBOX, 1);
    assertEquals(2, bodies(Mail.ALICE));
  }

  @Test
  void whoHoldsABodyCanGiveItAMessageAgain() throws StoreException {
    try (MessageContent held = inbox.content(1)) {
      inbox.remove(UidSet.of(1));
      assertEquals(0, number(Mail.ALICE, "SELECT refs FROM body"));
      appendLike(alice, held);
    }
    Mail.fill(alice, Mail.INBOX, 1);
    assertEquals(1, number(Mail.ALICE, "SELECT refs FROM body ORDER BY id LIMIT 1"));
    assertArrayEquals(MESSAGE, Mail.read(inbox, 2));
  }

  /** The group holds the body; without a commit it lets go. */
  @Test
  void aGroupThatIsGivenUpLeavesNoTrace() throws StoreException {
    try (AppendGroup group = alice.beginAppend(Mail.INBOX, Optional.empty())) {
      try (MessageContent first = inbox.content(1)) {
        group.nextLike(AppendSpec.plain(), first, MessageIndex.of(MESSAGE));
      }
      inbox.remove(UidSet.of(1));
      Mail.fill(alice, Mail.INBOX, 1);
      assertEquals(2, bodies(Mail.ALICE));
    }
    Mail.fill(alice, Mail.INBOX, 1);
    assertEquals(2, bodies(Mail.ALICE));
    assertEquals(UidSet.range(2, 3), inbox.snapshot().uids());
  }

  /** As another server on the same tables might. */
  @Test
  void aBodyThatSomebodyElseFreedIsSaidToBeExpunged() throws StoreException {
    AccountMail file =
        ((Directory) store.facet(AccountDirectory.class).orElseThrow()).open(Mail.ALICE);
    try (AppendGroup group = alice.beginAppend(Mail.INBOX, Optional.empty());
        MessageContent first = inbox.content(1)) {
      group.nextLike(AppendSpec.plain(), first, MessageIndex.of(MESSAGE));
      inbox.remove(UidSet.of(1));
      file.write(
          db -> {
            Bodies.deleteOctets(db, 1, 1);
            return db.update("DELETE FROM body WHERE id = 1");
          });
      assertEquals(Code.EXPUNGED, assertThrows(StoreException.class, group::commit).code());
    } finally {
      file.release();
    }
    assertTrue(inbox.snapshot().uids().isEmpty());
  }

  @Test
  void anotherAccountHasABodyOfItsOwn() throws StoreException {
    Account bob = Mail.account(store, "bob");
    try (MessageContent first = inbox.content(1)) {
      appendLike(bob, first);
    }
    assertEquals(1, bodies("bob"));
    inbox.remove(UidSet.of(1));
    Mail.fill(alice, Mail.INBOX, 1);
    assertEquals(1, bodies(Mail.ALICE));
    assertArrayEquals(MESSAGE, Mail.read(Mail.inbox(bob), 1));
  }
}
