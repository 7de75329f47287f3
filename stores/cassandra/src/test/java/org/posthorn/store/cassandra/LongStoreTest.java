package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** A STORE of more messages than fit into many batches, while another server looks. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
@Tag("long")
class LongStoreTest extends TwoServers {
  private static final int COUNT = 10_000;
  private static final PageLimit PAGE = new PageLimit(700, 1 << 20);

  private final Map<Long, Row> view = new TreeMap<>();
  private Cursor cursor = Cursor.after(1);

  @Test
  void changesAppearInTheOrderOfTheirModseqAndNoneIsMissed() throws Exception {
    append(here, INBOX, "Subject: one\r\n\r\n");
    Mailbox inbox = open(here, INBOX);
    for (long there = 1; there < COUNT; there = inbox.snapshot().uids().size()) {
      inbox.copy(UidSet.range(1, Math.min(there, COUNT - there)), INBOX);
    }
    Mailbox theirs = open(there, INBOX);
    look(theirs);
    ExecutorService crew = Executors.newFixedThreadPool(2);
    int looks = 0;
    for (SystemFlag flag : List.of(SystemFlag.SEEN, SystemFlag.FLAGGED)) {
      FlagChange change = FlagChange.add(Flags.of(flag));
      Future<FlagsResult> storing =
          crew.submit(() -> inbox.storeFlags(UidSet.range(1, COUNT), change, OptionalLong.empty()));
      Future<Boolean> delivering =
          crew.submit(
              () -> {
                for (int i = 0; i < 5; i++) {
                  append(there, INBOX, "Subject: new\r\n\r\n");
                }
                return true;
              });
      while (!storing.isDone() || !delivering.isDone()) {
        look(theirs);
        looks++;
        long flagged = count(flag);
        assertTrue(flagged == 0 || flagged == COUNT, "seen half done: " + flagged);
      }
      assertTrue(delivering.get());
      assertEquals(COUNT, storing.get().changed().size());
      look(theirs);
      assertEquals(COUNT, count(flag));
      for (Row row : view.values()) {
        assertTrue(row.uid() > COUNT || row.modSeq() == storing.get().modSeq());
      }
    }
    crew.shutdown();
    System.out.println("looked " + looks + " times");
    assertEquals(truth(theirs), view);
  }

  private long count(SystemFlag flag) {
    return view.values().stream().filter(row -> row.flags().has(flag)).count();
  }

  /** Hears all that is new. */
  private void look(Mailbox mailbox) throws Exception {
    boolean more = true;
    while (more) {
      Changes changes = mailbox.changesSince(cursor, PAGE);
      assertFalse(changes.historyLost());
      Cursor last = cursor;
      for (Row row : changes.changed()) {
        assertTrue(last.isBefore(row.modSeq(), row.uid()), "out of order: " + row);
        last = new Cursor(row.modSeq(), row.uid());
        view.put(row.uid(), row);
      }
      assertFalse(changes.next().isBefore(last.modSeq(), last.uid()));
      cursor = changes.next();
      more = changes.more();
    }
  }

  private static Map<Long, Row> truth(Mailbox mailbox) throws Exception {
    Map<Long, Row> truth = new TreeMap<>();
    for (long from = 1; from != 0; ) {
      var page = mailbox.list(UidSet.range(from, UidSet.MAX_UID), PageLimit.DEFAULT, Set.of());
      page.rows().forEach(row -> truth.put(row.uid(), row));
      from = page.next();
    }
    return truth;
  }
}
