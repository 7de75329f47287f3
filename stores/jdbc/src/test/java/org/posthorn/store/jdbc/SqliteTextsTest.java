package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.mime.CaseMap;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Mailbox;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.SearchIndex.Scope;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.Sharing;

/** Both ways to look into the index give what it has and what is not in it yet. */
class SqliteTextsTest {
  private static final UidSet ALL = UidSet.range(1, 100);

  @TempDir Path directory;

  private interface Find {
    UidSet run(Db db, long mailbox, UidSet among, Scope scope, String folded) throws Exception;
  }

  private static void append(Account account, String word) throws StoreException {
    Mail.append(account, Mail.message("about " + word, 10));
  }

  @Test
  void bothWaysGiveTheSame() throws Exception {
    try (SqliteStore store = SqliteStore.in(directory).open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      for (String word : List.of("apples", "pears", "apples and pears", "plums")) {
        append(alice, word);
      }
      SearchIndex index = store.facet(SearchIndex.class).orElseThrow();
      UidSet apples = UidSet.builder().add(1).add(3).build();
      int searches = 1; // each indexes some more, on a slow machine not all at once
      while (!index.candidates(inbox, ALL, Scope.HEADER, "apples").equals(apples)) {
        assertTrue(++searches < 10, "the index is never whole");
      }
      append(alice, "not in the index yet");
      inbox.copy(UidSet.of(1), Mail.INBOX);
      UidSet expected = UidSet.builder().add(1).add(3).addRange(5, 6).build();
      AccountMail file =
          ((Directory) store.facet(AccountDirectory.class).orElseThrow()).open(Mail.ALICE);
      for (Find way : List.<Find>of(SqliteTexts::findByText, SqliteTexts::findByMailbox)) {
        long mailbox = ((JdbcMailbox) Sharing.unwrapped(inbox)).rowId();
        assertEquals(expected, found(file, way, mailbox, ALL, Scope.HEADER, "apples"));
        assertEquals(UidSet.of(3), found(file, way, mailbox, UidSet.of(3), Scope.TEXT, "pears"));
        assertTrue(found(file, way, mailbox, UidSet.of(4), Scope.TEXT, "pears").isEmpty());
        assertEquals(UidSet.of(5), found(file, way, mailbox, ALL, Scope.BODY, "apples"));
      }
      file.release();
    }
  }

  private static UidSet found(
      AccountMail file, Find way, long mailbox, UidSet among, Scope scope, String word)
      throws StoreException {
    return file.read(
        db -> {
          try {
            return way.run(db, mailbox, among, scope, CaseMap.fold(word));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
