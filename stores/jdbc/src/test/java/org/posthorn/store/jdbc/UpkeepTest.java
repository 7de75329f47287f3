package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.sqlite.Connector;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.support.Sharing;

/** What a store does without being asked. */
class UpkeepTest {
  @TempDir Path directory;

  @Test
  void theIndexOfTextsIsFinishedAfterTheFirstSearch() throws Exception {
    try (SqliteStore store = SqliteStore.in(directory).open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      Mail.fill(alice, Mail.INBOX, 600);
      AccountMail mail = ((JdbcMailbox) Sharing.unwrapped(inbox)).mail();
      // As much as a search has time for on a slow machine.
      assertTrue(mail.texts.catchUp(0));
      assertTrue(waiting(mail) > 0);
      mail.later(() -> mail.texts.catchUp(0));
      PostgresStoreTest.await(() -> waiting(mail) == 0);
      assertEquals(List.of(), store.check(Mail.ALICE));
    }
  }

  private static long waiting(AccountMail mail) throws Exception {
    return mail.read(db -> db.number("SELECT count(*) FROM body WHERE indexed = 0"));
  }

  @Test
  void filesOfAnEarlierReleaseAreBroughtUpToDateThoughNobodyOpensThem() throws Exception {
    MigrationTest.prepare(directory, 3);
    Path file = directory.resolve("accounts").resolve(AccountPath.fileName(Mail.ALICE));
    assertTrue(Schema.ACCOUNT.isEarlier(file));
    try (SqliteStore store = SqliteStore.in(directory).open()) {
      PostgresStoreTest.await(() -> current(file));
      assertEquals(List.of(), store.check(Mail.ALICE));
    }
    try (SqliteStore beside = SqliteStore.in(directory).readOnly().open();
        Account alice = beside.open(Identity.owner(Mail.ALICE));
        Mailbox inbox = alice.open(Mail.INBOX, org.posthorn.store.Access.READ)) {
      assertEquals(2, inbox.snapshot().uids().size());
    }
  }

  private static boolean current(Path file) throws Exception {
    try (Db db = Connector.reader(file)) {
      return Schema.ACCOUNT.isCurrent(db);
    }
  }
}
