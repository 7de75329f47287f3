package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.mime.MessageIndex;
import org.posthorn.sqlite.Connector;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.SchemaSteps;
import org.posthorn.store.Account;
import org.posthorn.store.AccountState;
import org.posthorn.store.Cursor;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Files as every release made them, with mail, are brought up to date by opening them. */
class MigrationTest {
  private static final byte[] MESSAGE = "Subject: old\r\n\r\nold text\r\n".getBytes(US_ASCII);

  @TempDir Path directory;

  private static Db released(String schema, int version, Path file) throws Exception {
    Db db = Connector.writer(file);
    db.begin();
    new SchemaSteps(schema, version, Schema.class::getResourceAsStream).upgrade(db);
    return db;
  }

  private static int newest(String schema) {
    int version = 1;
    while (Schema.class.getResource(schema + "-" + (version + 1) + ".sql") != null) {
      version++;
    }
    return version;
  }

  /** One body that two messages have, one that vanished between them. */
  static void prepare(Path directory, int version) throws Exception {
    Path accounts = Files.createDirectories(directory.resolve("accounts"));
    try (Db db =
        released(
            "directory",
            Math.min(version, newest("directory")),
            directory.resolve(SqliteEngine.DIRECTORY))) {
      db.update("INSERT INTO account (name, state) VALUES ('alice', 1)");
      db.commit();
    }
    try (Db db = released("account", version, accounts.resolve(AccountPath.fileName(Mail.ALICE)))) {
      db.update("INSERT INTO account (only_row, name, uid_validity) VALUES (1, 'alice', 7)");
      db.update(
          "INSERT INTO mailbox (name, object_id, uid_validity, uid_next, mod_seq, messages, octets,"
              + " unseen, vanished_ranges) VALUES ('INBOX', 'Fold', 7, 4, 4, 2, ?, 1, 1)",
          2 * MESSAGE.length);
      db.update("INSERT INTO body (refs, octets, email_id) VALUES (2, ?, 'Eold')", MESSAGE.length);
      db.update("INSERT INTO chunk (id, data) VALUES (1 << 20, ?)", MESSAGE);
      db.update(
          "INSERT INTO mime_index (body, data) VALUES (1, ?)", MessageIndex.of(MESSAGE).encode());
      db.update("INSERT INTO keyword_set (id, keywords) VALUES (1, '$Old')");
      db.update("INSERT INTO mailbox_keyword VALUES (1, '$Old')");
      if (version < 7) {
        db.update("INSERT INTO message VALUES (1, 1, 2, 5, 1, 1, ?, 0, 0, 0)", MESSAGE.length);
        db.update("INSERT INTO message VALUES (1, 3, 3, 0, 0, 1, ?, 0, 0, 0)", MESSAGE.length);
      } else {
        db.update("INSERT INTO message VALUES (1, 1, 1, ?, 0, 0, 0)", MESSAGE.length);
        db.update("INSERT INTO message VALUES (1, 3, 1, ?, 0, 0, 0)", MESSAGE.length);
        db.update("INSERT INTO message_state VALUES (1, 1, 1, 2, 5, 1), (1, 3, 3, 3, 0, 0)");
      }
      db.update("INSERT INTO vanished VALUES (1, 4, 2, 2, ?)", System.currentTimeMillis());
      if (version > 1) {
        db.update("UPDATE body SET thread = 'Told'");
        db.update("INSERT INTO thread_key (id, thread) VALUES ('key', 'Told')");
      }
      db.commit();
    }
  }

  @Test
  void whatAFileOfEveryReleaseHasIsThereAndHasTheNewAbilities() throws Exception {
    for (int version = 1; version <= newest("account"); version++) {
      Path mail = directory.resolve("version-" + version);
      prepare(mail, version);
      check(mail, version);
    }
  }

  private static void check(Path mail, int version) throws Exception {
    try (SqliteStore store = SqliteStore.in(mail).open();
        Account alice = store.open(Identity.owner(Mail.ALICE));
        Mailbox inbox = Mail.inbox(alice)) {
      UidSet both = UidSet.of(1, 3);
      assertEquals(both, inbox.snapshot().uids());
      assertArrayEquals(MESSAGE, Mail.read(inbox, 1));
      assertArrayEquals(MESSAGE, Mail.read(inbox, 3));
      assertEquals(List.of(), store.check(Mail.ALICE));
      Row first = Mail.rows(inbox, UidSet.of(1), Item.IDS).get(0);
      assertEquals(
          Flags.of(Set.of(SystemFlag.SEEN, SystemFlag.FLAGGED), List.of("$Old")), first.flags());
      assertEquals(version == 1, first.threadId() == null);
      assertEquals(UidSet.of(2), inbox.changesSince(Cursor.after(3), PageLimit.DEFAULT).vanished());
      SearchIndex index = store.facet(SearchIndex.class).orElseThrow();
      assertEquals(both, index.candidates(inbox, both, SearchIndex.Scope.BODY, "OLD TEXT"));
      assertTrue(index.candidates(inbox, both, SearchIndex.Scope.BODY, "other").isEmpty());
      AccountState.Life life = store.facet(AccountState.class).orElseThrow().life(Mail.ALICE);
      assertTrue(
          version > 2 || life.lastRetrieval().isAfter(Instant.parse("2024-01-01T00:00:00Z")));
      assertEquals(4, Mail.append(alice, MESSAGE).uids().first());
      inbox.remove(both);
      assertEquals(List.of(), store.check(Mail.ALICE));
    }
  }
}
