package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Account;
import org.posthorn.store.Flags;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Restoration;
import org.posthorn.store.Restoration.RestoreGroup;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** What a restoration has written before its commit is nobody's, and goes when it broke off. */
class RestoreAsideTest {
  /** More than one transaction writes. */
  private static final int MESSAGES = 250;

  private static RestoreGroup begin(MailStore store) throws StoreException {
    MailboxInfo info =
        new MailboxInfo(
            Mail.INBOX,
            new MailboxId("Frestored"),
            7,
            MailboxInfo.State.SELECTABLE,
            false,
            false,
            Set.of());
    RestoreGroup group =
        store.facet(Restoration.class).orElseThrow().begin(Mail.ALICE, info, 1_000, 1_000);
    byte[] message = Mail.message("one of many", 30);
    for (int i = 1; i <= MESSAGES; i++) {
      IndexingAppend append = new IndexingAppend(group.next(Row.of(i, i, Flags.NONE)));
      append.write(ByteBuffer.wrap(message));
      append.end();
    }
    return group;
  }

  private static void assertHas(int messages, MailStore store) throws StoreException {
    try (Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      assertEquals(UidSet.range(1, messages), inbox.snapshot().uids());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void whatAKilledProcessWroteIsNotSeenAndGoesWithTheNextRestoration(@TempDir Path directory)
      throws Exception {
    Path left = directory.resolve("left");
    try (SqliteStore store = SqliteStore.in(directory.resolve("used")).open();
        Account alice = Mail.alice(store)) {
      Mail.fill(alice, Mail.INBOX, 3);
      RestoreGroup killed = begin(store);
      try (killed) {
        copy(directory.resolve("used"), left);
      }
      assertHas(3, store);
      assertEquals(List.of(), store.check(Mail.ALICE));
    }
    try (SqliteStore store = SqliteStore.in(left).open()) {
      assertHas(3, store);
      assertEquals(List.of(), store.check(Mail.ALICE));
      assertEquals(QuotaUse.NONE, store.facet(Quotas.class).orElseThrow().recount(Mail.ALICE));
      try (RestoreGroup group = begin(store)) {
        group.commit();
      }
      assertHas(MESSAGES, store);
      assertEquals(List.of(), store.check(Mail.ALICE));
      assertEquals(1, mailboxRows(left));
    }
  }

  private static long mailboxRows(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      long rows = 0;
      for (Path file : files.filter(f -> f.toString().endsWith(".db")).toList()) {
        rows += rows(file);
      }
      return rows;
    }
  }

  private static long rows(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      try (ResultSet table =
          statement.executeQuery("SELECT count(*) FROM sqlite_master WHERE name = 'mailbox'")) {
        if (!table.next() || table.getLong(1) == 0) {
          return 0;
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM mailbox")) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  @Test
  void ofTwoServersThatRestoreTheSameAccountTheLaterOneDoes() throws StoreException {
    String database = EmbeddedPostgres.emptied();
    try (PostgresStore store = PostgresStore.at(database).connections(2, 2).open();
        PostgresStore other = PostgresStore.at(database).connections(2, 2).open();
        Account alice = Mail.alice(other);
        Mailbox before = Mail.inbox(alice)) {
      RestoreGroup later;
      try (RestoreGroup earlier = begin(store)) {
        later = begin(other);
        assertTrue(before.snapshot().uids().isEmpty());
        StoreException refused = assertThrows(StoreException.class, earlier::commit);
        assertEquals(Code.NONEXISTENT, refused.code());
      }
      try (later) {
        later.commit();
      }
      assertHas(MESSAGES, store);
      assertHas(MESSAGES, other);
      assertEquals(Code.NONEXISTENT, assertThrows(StoreException.class, before::snapshot).code());
      assertEquals(List.of(), store.check(Mail.ALICE));
    }
  }
}
