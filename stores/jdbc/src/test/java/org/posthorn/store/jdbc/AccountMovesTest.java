package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.sqlite.Connector;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.Acl.Mode;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Replaced;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.WatchSpec;

/** What a crash or a failure in the midst of a MOVE between accounts leaves. */
class AccountMovesTest {
  private static final MailboxName ALICES = MailboxName.of("Other Users", "alice", "INBOX");

  @TempDir Path directory;

  private void change(String file, String sql) throws Exception {
    try (Db db = Connector.writer(directory.resolve(file))) {
      db.update(sql);
    }
  }

  private long messages(SqliteStore store, String account) throws Exception {
    try (Account open = store.open(Identity.owner(account));
        Mailbox inbox = Mail.inbox(open)) {
      assertEquals(List.of(), store.check(account));
      return inbox.snapshot().uids().size();
    }
  }

  private void fill() throws Exception {
    try (SqliteStore store = SqliteStore.in(directory).open();
        Account bob = Mail.account(store, "bob")) {
      Mail.account(store, "alice").close();
      Acl acl = store.facet(Acl.class).orElseThrow();
      acl.set(Identity.owner("alice"), MailboxName.INBOX, "bob", Mode.REPLACE, Rights.ALL);
      Mail.fill(bob, Mail.INBOX, 3);
    }
  }

  private String prepare() throws Exception {
    fill();
    try (SqliteStore store = SqliteStore.in(directory).open();
        Account bob = store.open(Identity.owner("bob"));
        Mailbox inbox = Mail.inbox(bob)) {
      inbox.copy(UidSet.range(1, 2), ALICES);
      return Objects.requireNonNull(inbox.info().id()).value();
    }
  }

  private void crashed(String mailbox) throws Exception {
    change(
        SqliteEngine.DIRECTORY,
        "INSERT INTO account_move VALUES ('v1', 'bob', '" + mailbox + "', '1:2', 'alice')");
  }

  @Test
  void aMoveWhoseCopiesAreThereIsFinished() throws Exception {
    crashed(prepare());
    change(
        "accounts/alice.db",
        "INSERT INTO attribute (object, name, value) VALUES ('', 'move/v1', x'')");
    try (SqliteStore store = SqliteStore.in(directory).open()) {
      assertEquals(1, messages(store, "bob"));
      assertEquals(2, messages(store, "alice"));
    }
    try (SqliteStore store = SqliteStore.in(directory).open()) {
      assertEquals(1, messages(store, "bob"));
    }
  }

  @Test
  void aMoveWhoseCopiesAreNotThereDidNotHappen() throws Exception {
    crashed(prepare());
    try (SqliteStore store = SqliteStore.in(directory).open()) {
      assertEquals(3, messages(store, "bob"));
    }
  }

  @Test
  void aMoveThatIsDoneLeavesNothingBehind() throws Exception {
    prepare();
    asBob(
        (store, bob, inbox) ->
            assertEquals(UidSet.range(3, 4), inbox.move(UidSet.range(1, 2), ALICES).copies()));
    assertNothingLeftBehind();
  }

  private void assertNothingLeftBehind() throws Exception {
    for (String file : List.of(SqliteEngine.DIRECTORY, "accounts/alice.db")) {
      try (Db db = Connector.reader(directory.resolve(file))) {
        String table = file.equals(SqliteEngine.DIRECTORY) ? "account_move" : "attribute";
        assertEquals(0, db.number("SELECT count(*) FROM " + table), file);
      }
    }
  }

  /** Nothing can be removed from bob's mailboxes until then. */
  private void refuseRemovals() throws Exception {
    change(
        "accounts/bob.db",
        "CREATE TRIGGER refused BEFORE DELETE ON message BEGIN SELECT RAISE(FAIL, 'no'); END");
  }

  private void allowRemovals() throws Exception {
    change("accounts/bob.db", "DROP TRIGGER refused");
  }

  private interface Bobs {
    void with(SqliteStore store, Account bob, Mailbox inbox) throws Exception;
  }

  private void asBob(Bobs work) throws Exception {
    try (SqliteStore store = SqliteStore.in(directory).open();
        Account bob = store.open(Identity.owner("bob"));
        Mailbox inbox = Mail.inbox(bob)) {
      work.with(store, bob, inbox);
    }
  }

  @Test
  void aMoveThatFailedHalfDoneIsFinishedByTheNextChange() throws Exception {
    fill();
    asBob(
        (store, bob, inbox) -> {
          refuseRemovals();
          assertThrows(StoreException.class, () -> inbox.move(UidSet.range(1, 2), ALICES));
          assertEquals(2, messages(store, "alice"));
          // What concerns others goes on meanwhile.
          Mail.fill(bob, Mail.INBOX, 1);
          assertEquals(4, messages(store, "bob"));
          allowRemovals();
          Set<MailboxId> heard = ConcurrentHashMap.newKeySet();
          AutoCloseable unused = bob.watch(new WatchSpec.Subtree(List.of()), heard::add);
          try (Account alice = store.open(Identity.owner("alice"))) {
            Mail.fill(alice, Mail.INBOX, 1);
          }
          assertTrue(heard.contains(inbox.info().id()), "nobody was told");
          assertEquals(UidSet.range(3, 4), inbox.snapshot().uids());
          assertEquals(3, messages(store, "alice"));
        });
    assertNothingLeftBehind();
  }

  @Test
  void aMoveThatFailedHalfDoneIsNotDoneTwice() throws Exception {
    fill();
    asBob(
        (store, bob, inbox) -> {
          refuseRemovals();
          assertThrows(StoreException.class, () -> inbox.move(UidSet.range(1, 2), ALICES));
          assertThrows(StoreException.class, () -> inbox.move(UidSet.range(1, 2), ALICES));
          assertEquals(2, messages(store, "alice"));
          allowRemovals();
          inbox.move(UidSet.range(1, 2), ALICES);
          assertEquals(2, messages(store, "alice"));
          assertEquals(1, messages(store, "bob"));
        });
    assertNothingLeftBehind();
  }

  private static void replace(Account bob, Mailbox inbox, long uid, byte[]... messages)
      throws StoreException {
    try (AppendGroup group = bob.beginAppend(ALICES, Optional.of(new Replaced(inbox, uid)))) {
      for (byte[] message : messages) {
        IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
        append.write(ByteBuffer.wrap(message));
        append.end();
      }
      group.commit();
    }
  }

  @Test
  void aReplaceThatFailedHalfDoneIsFinishedByTheNextChange() throws Exception {
    fill();
    byte[] message = Mail.message("new", 100);
    asBob(
        (store, bob, inbox) -> {
          refuseRemovals();
          assertThrows(StoreException.class, () -> replace(bob, inbox, 2, message, message));
          assertEquals(2, messages(store, "alice"));
          assertEquals(3, messages(store, "bob"));
          // One of the two that came is enough.
          try (Account alice = store.open(Identity.owner("alice"));
              Mailbox target = Mail.inbox(alice)) {
            assertEquals(UidSet.of(1), target.remove(UidSet.of(1)).uids());
          }
          allowRemovals();
          Mail.fill(bob, Mail.INBOX, 1);
          assertEquals(UidSet.of(1, 3, 4), inbox.snapshot().uids());
          assertEquals(1, messages(store, "alice"));
        });
    assertNothingLeftBehind();
  }

  @Test
  void aReplaceByNothingChangesNothing() throws Exception {
    fill();
    asBob(
        (store, bob, inbox) -> {
          replace(bob, inbox, 2);
          assertEquals(3, messages(store, "bob"));
          assertEquals(0, messages(store, "alice"));
        });
    assertNothingLeftBehind();
  }

  @Test
  void whatWasOpenedForReadingIsNotReplaced() throws Exception {
    fill();
    asBob(
        (store, bob, inbox) -> {
          try (Mailbox examined = bob.open(Mail.INBOX, Access.READ)) {
            StoreException refused =
                assertThrows(
                    StoreException.class,
                    () -> replace(bob, examined, 2, Mail.message("new", 100)));
            assertEquals(StoreException.Code.READ_ONLY, refused.code());
          }
          assertEquals(0, messages(store, "alice"));
        });
    assertNothingLeftBehind();
  }

  @Test
  void anOriginalWhoseCopyIsGoneStays() throws Exception {
    fill();
    asBob(
        (store, bob, inbox) -> {
          inbox.remove(UidSet.of(2));
          refuseRemovals();
          assertThrows(StoreException.class, () -> inbox.move(UidSet.range(1, 3), ALICES));
          try (Account alice = store.open(Identity.owner("alice"));
              Mailbox stray = Mail.inbox(alice)) {
            assertEquals(UidSet.of(2), stray.remove(UidSet.of(2)).uids());
          }
        });
    allowRemovals();
    asBob(
        (store, bob, inbox) -> {
          assertEquals(UidSet.of(3), inbox.snapshot().uids());
          assertEquals(1, messages(store, "alice"));
        });
    assertNothingLeftBehind();
  }
}
