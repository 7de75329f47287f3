package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.mime.MessageIndex;
import org.posthorn.sqlite.Connector;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.SchemaSteps;
import org.posthorn.store.Account;
import org.posthorn.store.AccountState;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.UidSet;

/** Files as the first schema had them, with a message, are brought up to date by opening them. */
class MigrationTest {
  private static final byte[] MESSAGE = "Subject: old\r\n\r\nold text\r\n".getBytes(US_ASCII);

  @TempDir Path directory;

  private Db first(String schema, Path file) throws Exception {
    Db db = Connector.writer(file);
    db.begin();
    new SchemaSteps(schema, 1, Schema.class::getResourceAsStream).upgrade(db);
    return db;
  }

  private void prepare() throws Exception {
    Path accounts = Files.createDirectories(directory.resolve("accounts"));
    try (Db db = first("directory", directory.resolve(SqliteEngine.DIRECTORY))) {
      db.update("INSERT INTO account (name, state) VALUES ('alice', 1)");
      db.commit();
    }
    try (Db db = first("account", accounts.resolve(AccountPath.fileName(Mail.ALICE)))) {
      db.update("INSERT INTO account (only_row, name, uid_validity) VALUES (1, 'alice', 7)");
      db.update(
          "INSERT INTO mailbox (name, object_id, uid_validity, uid_next, mod_seq, messages, octets,"
              + " unseen) VALUES ('INBOX', 'Fold', 7, 2, 2, 1, ?, 1)",
          MESSAGE.length);
      db.update("INSERT INTO body (refs, octets, email_id) VALUES (1, ?, 'Eold')", MESSAGE.length);
      db.update("INSERT INTO chunk (id, data) VALUES (1 << 20, ?)", MESSAGE);
      db.update(
          "INSERT INTO mime_index (body, data) VALUES (1, ?)", MessageIndex.of(MESSAGE).encode());
      db.update("INSERT INTO message VALUES (1, 1, 2, 0, 0, 1, ?, 0, 0, 0)", MESSAGE.length);
      db.commit();
    }
  }

  @Test
  void whatAnOldFileHasIsThereAndHasTheNewAbilities() throws Exception {
    prepare();
    try (SqliteStore store = SqliteStore.in(directory).open();
        Account alice = store.open(Identity.owner(Mail.ALICE));
        Mailbox inbox = Mail.inbox(alice)) {
      assertArrayEquals(MESSAGE, Mail.read(inbox, 1));
      assertEquals(List.of(), store.check(Mail.ALICE));
      assertNull(Mail.rows(inbox, UidSet.of(1), Item.IDS).get(0).threadId());
      SearchIndex index = store.facet(SearchIndex.class).orElseThrow();
      assertEquals(
          UidSet.of(1), index.candidates(inbox, UidSet.of(1), SearchIndex.Scope.BODY, "OLD TEXT"));
      assertTrue(index.candidates(inbox, UidSet.of(1), SearchIndex.Scope.BODY, "other").isEmpty());
      AccountState.Life life = store.facet(AccountState.class).orElseThrow().life(Mail.ALICE);
      assertTrue(life.lastRetrieval().isAfter(Instant.parse("2024-01-01T00:00:00Z")));
    }
  }
}
