package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.sqlite.Connector;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Account;
import org.posthorn.store.Changes;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Messages next to each other that are alike share one row of what STORE changes. */
class RunsTest {
  private static final Flags FLAGGED = Flags.of(SystemFlag.FLAGGED);

  @TempDir Path directory;

  private List<String> runs() throws Exception {
    Path file = directory.resolve("accounts").resolve(AccountPath.fileName(Mail.ALICE));
    try (Db db = Connector.looker(file)) {
      return db.all(
          row -> row.getLong(1) + ":" + row.getLong(2) + " " + row.getInt(3),
          "SELECT first_uid, last_uid, flags FROM message_state WHERE mailbox = 1"
              + " ORDER BY last_uid");
    }
  }

  @Test
  void aStoreOfAllMakesOneRunAndOneOfSomeCutsIt() throws Exception {
    try (SqliteStore store = SqliteStore.in(directory).open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      Mail.fill(alice, Mail.INBOX, 9);
      Mail.add(inbox, UidSet.range(1, 9), FLAGGED);
      assertEquals(List.of("1:9 4"), runs());
      Mail.add(inbox, UidSet.of(4, 5), Flags.of(SystemFlag.SEEN));
      assertEquals(List.of("1:3 4", "4:5 5", "6:9 4"), runs());
      inbox.remove(UidSet.of(3, 4, 8));
      assertEquals(List.of("1:2 4", "5:5 5", "6:9 4"), runs());
      inbox.remove(UidSet.of(5, 6, 9));
      assertEquals(List.of("1:2 4", "7:7 4"), runs());
      Mail.add(inbox, UidSet.range(1, 9), Flags.of(SystemFlag.DELETED));
      assertEquals(List.of("1:7 12"), runs());
      assertEquals(UidSet.of(1, 2, 7), inbox.expungeDeleted(UidSet.range(1, 9)).uids());
      assertEquals(List.of(), runs());
    }
  }

  /** Beside a map that is changed message by message. */
  @Test
  void flagsAndHistoryAreThoseOfSingleMessages() throws Exception {
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      try (SqliteStore store = SqliteStore.in(directory.resolve("s" + seed)).open();
          Account alice = Mail.alice(store);
          Mailbox inbox = Mail.inbox(alice)) {
        Map<Long, Row> expected = new TreeMap<>();
        for (int step = 0; step < 40; step++) {
          change(alice, inbox, random, expected);
          assertEquals(state(expected), state(inbox, Set.of()), "seed " + seed + " step " + step);
          assertEquals(state(expected), state(inbox, Set.of(Item.SIZE)), "seed " + seed);
          assertHistory(inbox, expected, random);
        }
        assertEquals(List.of(), store.check(Mail.ALICE));
      }
    }
  }

  private static void change(Account alice, Mailbox inbox, Random random, Map<Long, Row> expected)
      throws Exception {
    UidSet some = some(random, inbox.snapshot().uidNext());
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        long uid = Mail.append(alice, Mail.message("m", 20)).uids().first();
        put(expected, uid, inbox.snapshot().highestModSeq(), Flags.NONE);
      }
      case 2 -> {
        CopyResult copied = inbox.copy(some, Mail.INBOX);
        long modSeq = inbox.snapshot().highestModSeq();
        for (int i = 0; i < copied.copies().size(); i++) {
          Flags flags = row(expected, copied.source().nth(i)).flags();
          put(expected, copied.copies().nth(i), modSeq, flags);
        }
      }
      case 3 -> expected.keySet().removeAll(inbox.remove(some).uids().stream().boxed().toList());
      default -> {
        FlagChange change = random(random);
        long since = random.nextLong(inbox.snapshot().highestModSeq() + 1);
        OptionalLong unchangedSince =
            random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(since);
        FlagsResult result = inbox.storeFlags(some, change, unchangedSince);
        for (long uid : some.stream().filter(expected::containsKey).toArray()) {
          Row before = row(expected, uid);
          Flags after = change.apply(before.flags());
          if (unchangedSince.isPresent() && before.modSeq() > since) {
            assertEquals(true, result.refused().contains(uid));
          } else if (!after.equals(before.flags())) {
            assertEquals(true, result.changed().contains(uid));
            put(expected, uid, result.modSeq(), after);
          } else {
            assertEquals(false, result.changed().contains(uid));
          }
        }
      }
    }
  }

  private static FlagChange random(Random random) {
    Flags flags =
        random.nextInt(4) == 0
            ? Flags.of(Set.of(), List.of("k" + random.nextInt(2)))
            : Flags.of(SystemFlag.values()[random.nextInt(SystemFlag.values().length)]);
    return switch (random.nextInt(3)) {
      case 0 -> FlagChange.add(flags);
      case 1 -> FlagChange.remove(flags);
      default -> FlagChange.replace(flags);
    };
  }

  private static UidSet some(Random random, long uidNext) {
    UidSet.Builder uids = UidSet.builder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      long first = 1 + random.nextLong(uidNext);
      uids.addRange(first, first + random.nextInt(4));
    }
    return uids.build();
  }

  private static Row row(Map<Long, Row> expected, long uid) {
    Row row = expected.get(uid);
    if (row == null) {
      throw new AssertionError("no message " + uid);
    }
    return row;
  }

  private static void put(Map<Long, Row> expected, long uid, long modSeq, Flags flags) {
    expected.put(uid, Row.of(uid, modSeq, flags));
  }

  private static List<String> state(Map<Long, Row> rows) {
    return rows.values().stream().map(RunsTest::text).toList();
  }

  private static List<String> state(Mailbox inbox, Set<Item> items) throws Exception {
    return inbox.list(UidSet.range(1, UidSet.MAX_UID), PageLimit.DEFAULT, items).rows().stream()
        .map(RunsTest::text)
        .toList();
  }

  private static String text(Row row) {
    return row.uid() + " " + row.modSeq() + " " + row.flags();
  }

  /** Page by page, whatever their size. */
  private static void assertHistory(Mailbox inbox, Map<Long, Row> expected, Random random)
      throws Exception {
    long since = random.nextLong(inbox.snapshot().highestModSeq() + 1);
    Map<Long, Row> found = new TreeMap<>();
    Cursor cursor = Cursor.after(since);
    Changes page;
    do {
      page = inbox.changesSince(cursor, new PageLimit(1 + random.nextInt(5), 1_000));
      page.changed().forEach(row -> found.put(row.uid(), row));
      cursor = page.next();
    } while (page.more());
    List<String> wanted =
        expected.values().stream().filter(row -> row.modSeq() > since).map(RunsTest::text).toList();
    assertEquals(wanted, state(found));
  }
}
