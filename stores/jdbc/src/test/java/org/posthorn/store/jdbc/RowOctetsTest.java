package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.mime.Octets;
import org.posthorn.store.Account;
import org.posthorn.store.Item;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Promise;
import org.posthorn.store.Row;
import org.posthorn.store.UidSet;

/** Small messages come with their rows, so that fetching many is one look. */
class RowOctetsTest {
  @TempDir Path directory;
  private MailStore store;
  private Mailbox inbox;

  @BeforeEach
  void open() throws Exception {
    store = SqliteStore.in(directory).open();
    Account alice = Mail.alice(store);
    Mail.append(alice, Mail.message("small", 3_000));
    Mail.append(alice, Mail.message("medium", 12_000));
    Mail.append(alice, Mail.message("large", 40_000));
    inbox = Mail.inbox(alice);
  }

  @AfterEach
  void close() throws Exception {
    inbox.close();
    store.close();
  }

  private List<Row> rows(PageLimit max, Item... items) throws Exception {
    return inbox.list(UidSet.range(1, 10), max, Set.of(items)).rows();
  }

  @Test
  void smallMessagesComeWhole() throws Exception {
    List<Row> rows = rows(PageLimit.DEFAULT, Item.OCTETS);
    for (int i = 0; i < 2; i++) {
      Octets start = rows.get(i).start();
      assertNotNull(start);
      assertArrayEquals(Mail.read(inbox, i + 1), start.toByteArray());
    }
    assertNull(rows.get(2).start());
  }

  @Test
  void ofHeadersNoMoreIsKept() throws Exception {
    for (Row row : rows(PageLimit.DEFAULT, Item.HEADER, Item.INDEX)) {
      Octets start = row.start();
      assertNotNull(start);
      assertNotNull(row.index());
      assertEquals(row.index().root().bodyStart(), start.length());
    }
  }

  @Test
  void octetsCountForThePage() throws Exception {
    assertEquals(1, rows(new PageLimit(100, 2_000), Item.OCTETS).size());
    assertEquals(2, rows(new PageLimit(100, 12_000), Item.OCTETS).size());
  }

  /** So that POP3 sends it at once. */
  @Test
  void aSmallMessageIsInMemoryOnceItIsOpened() throws Exception {
    try (MessageContent small = inbox.content(1);
        MessageContent large = inbox.content(3)) {
      assertTrue(small.inMemory());
      assertTrue(!large.inMemory());
    }
  }

  @Test
  void onlyTheProcessThatHasTheDirectoryHearsOfAllChanges() throws Exception {
    assertTrue(store.promises().contains(Promise.HINTS_ALL));
    try (MailStore beside = SqliteStore.in(directory).readOnly().open()) {
      assertTrue(!beside.promises().contains(Promise.HINTS_ALL));
      assertTrue(!beside.promises().contains(Promise.HELD_BODIES));
    }
  }
}
