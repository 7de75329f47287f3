package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Account;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.Restoration;
import org.posthorn.store.Restoration.RestoreGroup;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/**
 * The groups of a restoration come under one and the same highest MODSEQ. What is remembered of the
 * mailbox between two of them, in memory or in the table of ranges, must not be taken for all.
 */
class RestoreInPartsTest {
  /** Enough for the ranges of UIDs to be written down. */
  private static final int PART = 1_200;

  private static final long MOD_SEQ = 500;
  private static final Flags SEEN = Flags.of(SystemFlag.SEEN);

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
    return store.facet(Restoration.class).orElseThrow().begin(Mail.ALICE, info, 10 * PART, MOD_SEQ);
  }

  private static void publish(RestoreGroup group, int part) throws StoreException {
    byte[] message = Mail.message("one of many", 30);
    for (int i = 1; i <= PART; i++) {
      IndexingAppend append =
          new IndexingAppend(group.next(Row.of(part * PART + i, MOD_SEQ - part, Flags.NONE)));
      append.write(ByteBuffer.wrap(message));
      append.end();
    }
    group.publish();
  }

  private static void assertHasAll(Mailbox inbox) throws StoreException {
    UidSet all = UidSet.range(1, 2 * PART);
    assertEquals(all, inbox.snapshot().uids());
    assertEquals(all, inbox.storeFlags(all, FlagChange.add(SEEN), OptionalLong.empty()).changed());
    assertEquals(2 * PART, inbox.copy(all, Mail.INBOX).copies().size());
  }

  @Test
  void theRangesThatSqliteKeptInTheMiddleAreNotBelieved(@TempDir Path directory)
      throws StoreException {
    try (SqliteStore store = SqliteStore.in(directory).openAccounts(1).open();
        Account bob = Mail.account(store, "bob");
        Account alice = Mail.alice(store)) {
      try (RestoreGroup group = begin(store)) {
        publish(group, 0);
        try (Mailbox inbox = Mail.inbox(alice)) {
          assertEquals(PART, inbox.snapshot().uids().size());
        }
        // Closes the file of the other account, and keeps its ranges.
        Mail.fill(bob, Mail.INBOX, 1);
        publish(group, 1);
      }
      try (Mailbox inbox = Mail.inbox(alice)) {
        assertHasAll(inbox);
      }
      assertEquals(List.of(), store.check(Mail.ALICE));
    }
  }

  @Test
  void anotherServerThatLookedInTheMiddleSeesAllAfterwards() throws StoreException {
    String database = EmbeddedPostgres.emptied();
    try (PostgresStore store = PostgresStore.at(database).connections(2, 2).open();
        PostgresStore other = PostgresStore.at(database).connections(2, 2).open();
        Account alice = Mail.alice(other);
        RestoreGroup group = begin(store)) {
      publish(group, 0);
      try (PostgresStore third = PostgresStore.at(database).connections(1, 1).open();
          Account there = Mail.alice(third);
          Mailbox inbox = Mail.inbox(there)) {
        assertEquals(PART, inbox.snapshot().uids().size());
      }
      try (Mailbox inbox = Mail.inbox(alice)) {
        assertEquals(PART, inbox.snapshot().uids().size());
        publish(group, 1);
        assertHasAll(inbox);
      }
      assertEquals(List.of(), store.check(Mail.ALICE));
    }
  }
}
