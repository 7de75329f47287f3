package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.StatusItem;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/**
 * No statement reads a table of messages, changes or octets from end to end: its cost grows with
 * what is asked for.
 */
class QueryPlanTest {
  /** Partial indexes hold only what is looked for, so that reading them whole is right. */
  private static final Pattern WHOLE_TABLE =
      Pattern.compile("SCAN (m|i|b|message|vanished|body|chunk|mime_index|account_change)\\b.*");

  private static final String PARTIAL = "body_free";

  @TempDir Path directory;

  @Test
  void everyStatementLooksUp() throws Exception {
    withStatements(
        directory,
        (account, statements) ->
            assertEquals(List.of(), account.read(db -> scans(db, statements))));
  }

  /** Takes the statements that a store uses. */
  interface Taker {
    void take(AccountMail account, Set<String> statements) throws Exception;
  }

  static void withStatements(Path directory, Taker taker) throws Exception {
    try (SqliteStore store = SqliteStore.in(directory).vanished(2, Duration.ofDays(1)).open();
        Account alice = Mail.alice(store)) {
      doAllSortsOfThings(alice);
      AccountMail file =
          ((Directory) store.facet(AccountDirectory.class).orElseThrow()).open(Mail.ALICE);
      Set<String> statements = new HashSet<>();
      file.read(db -> statements.addAll(db.statements()));
      file.write(db -> statements.addAll(db.statements()));
      assertTrue(statements.size() > 40, "statements seen: " + statements.size());
      taker.take(file, statements);
      file.release();
    }
  }

  private static List<String> scans(Db db, Set<String> statements) throws SQLException {
    List<String> scans = new ArrayList<>();
    for (String sql : statements) {
      if (!sql.startsWith("PRAGMA")) {
        for (String step : db.all(row -> row.getString(4), "EXPLAIN QUERY PLAN " + sql)) {
          if (WHOLE_TABLE.matcher(step).matches() && !step.contains(PARTIAL)) {
            scans.add(step + " in " + sql);
          }
        }
      }
    }
    return scans;
  }

  private static void doAllSortsOfThings(Account alice) throws Exception {
    MailboxName other = MailboxName.of("other", "one");
    alice.create(other, Set.of());
    alice.subscribe(other);
    Mail.fill(alice, Mail.INBOX, 20);
    Mail.append(alice, Mail.message("long", 200_000));
    try (Mailbox inbox = Mail.inbox(alice)) {
      Cursor start = inbox.snapshot().cursor();
      inbox.claimRecent();
      Mail.add(inbox, UidSet.of(2, 4), Flags.of(Set.of(SystemFlag.DELETED), List.of("k")));
      Mail.add(inbox, UidSet.range(1, 9), Flags.of(SystemFlag.SEEN));
      inbox.storeFlags(
          UidSet.range(1, 9), FlagChange.replace(Flags.NONE), OptionalLong.of(start.modSeq()));
      inbox.copy(UidSet.of(1, 3, 5), other);
      inbox.move(UidSet.of(6), other);
      Mail.add(inbox, UidSet.of(2, 4), Flags.of(SystemFlag.DELETED));
      inbox.expungeDeleted(UidSet.range(1, 100));
      inbox.remove(UidSet.of(1, 8));
      inbox.changesSince(start, new PageLimit(3, 1_000));
      inbox.snapshot();
      Mail.rows(inbox, UidSet.range(1, 50));
      Mail.rows(inbox, UidSet.of(3, 9), Item.INDEX);
      Mail.rows(inbox, UidSet.of(3), Item.IDS);
      Mail.rows(inbox, UidSet.of(3), Item.INDEX, Item.HEADER);
      Mail.rows(inbox, UidSet.of(3), Item.values());
      Mail.read(inbox, 21);
      alice.status(Mail.INBOX, Set.of(StatusItem.values()));
      alice.changesSince(0, 100);
      alice.rename(other, MailboxName.of("else"));
      alice.delete(MailboxName.of("else"));
      Mail.fill(alice, Mail.INBOX, 1);
    }
  }
}
