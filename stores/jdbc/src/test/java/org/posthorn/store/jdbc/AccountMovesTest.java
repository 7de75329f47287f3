package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.sqlite.Connector;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.Acl.Mode;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights;
import org.posthorn.store.UidSet;

/** What a crash in the midst of a MOVE between accounts leaves, written by hand. */
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

  private String prepare() throws Exception {
    try (SqliteStore store = SqliteStore.in(directory).open();
        Account bob = Mail.account(store, "bob")) {
      Mail.account(store, "alice").close();
      Acl acl = store.facet(Acl.class).orElseThrow();
      acl.set(Identity.owner("alice"), MailboxName.INBOX, "bob", Mode.REPLACE, Rights.ALL);
      Mail.fill(bob, Mail.INBOX, 3);
      try (Mailbox inbox = Mail.inbox(bob)) {
        inbox.copy(UidSet.range(1, 2), ALICES);
        return Objects.requireNonNull(inbox.info().id()).value();
      }
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
    try (SqliteStore store = SqliteStore.in(directory).open();
        Account bob = store.open(Identity.owner("bob"));
        Mailbox inbox = Mail.inbox(bob)) {
      assertEquals(UidSet.range(3, 4), inbox.move(UidSet.range(1, 2), ALICES).copies());
    }
    for (String file : List.of(SqliteEngine.DIRECTORY, "accounts/alice.db")) {
      try (Db db = Connector.reader(directory.resolve(file))) {
        String table = file.equals(SqliteEngine.DIRECTORY) ? "account_move" : "attribute";
        assertEquals(0, db.number("SELECT count(*) FROM " + table), file);
      }
    }
  }
}
