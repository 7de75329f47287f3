package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** FETCH does not see a long STORE or EXPUNGE half done. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
@Tag("long")
class WholeRowsTest extends TwoServers {
  private static final FlagChange FLAGGED = FlagChange.add(Flags.of(SystemFlag.FLAGGED));
  private static final int COUNT = 700;
  private static final PageLimit PAGE = new PageLimit(1_000, 1 << 20);

  private static Mailbox fill(CassandraStore store) throws Exception {
    append(store, INBOX, "Subject: one\r\n\r\n");
    Mailbox inbox = open(store, INBOX);
    for (long now = 1; now < COUNT; now = inbox.snapshot().uids().size()) {
      inbox.copy(UidSet.range(1, Math.min(now, COUNT - now)), INBOX);
    }
    return inbox;
  }

  private void awaitClosed(String id, long below) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (here.parts().boxes().quiet(id).closedBelow != below) {
      assertTrue(System.nanoTime() < end, "no sections");
      Thread.onSpinWait();
    }
  }

  private static List<Row> rows(Mailbox mailbox) throws StoreException {
    return mailbox.list(ALL, PAGE, Set.of()).rows();
  }

  private interface Step {
    void run() throws StoreException;
  }

  /** The server dies after so many batches. */
  private static void diesAfter(int batches, FaultySession faulty, Step step) {
    faulty.strike(batches + 1, FaultySession.Fault.SILENT_BEFORE);
    assertThrows(StoreException.class, step::run);
    faulty.heal();
  }

  private void isSeenWhole(CassandraOptions options, long below) throws Exception {
    Mailbox looking = open(there, INBOX);
    FaultySession faulty = new FaultySession(TestKeyspace.session());
    try (CassandraStore dying =
        options.over(faulty.session()).patience(Duration.ofSeconds(3)).open()) {
      Mailbox inbox = fill(dying);
      awaitClosed(inbox.info().id().value(), below);
      assertEquals(COUNT, rows(looking).size());
      long before = looking.snapshot().highestModSeq();
      diesAfter(
          2, faulty, () -> inbox.storeFlags(UidSet.range(1, COUNT), FLAGGED, OptionalLong.empty()));
      List<Row> rows = rows(looking);
      assertEquals(COUNT, rows.size());
      for (Row row : rows) {
        assertTrue(row.flags().has(SystemFlag.FLAGGED), "half done: " + row);
        assertEquals(before + 1, row.modSeq());
      }
      diesAfter(2, faulty, () -> inbox.remove(UidSet.range(1, COUNT - 50)));
      assertEquals(50, rows(looking).size());
    }
  }

  @Test
  void aStoreAndAnExpungeOfManyBatchesAreFinishedFirst() throws Exception {
    isSeenWhole(TestKeyspace.shared(), 0);
  }

  @Test
  void inSectionsToo() throws Exception {
    isSeenWhole(TestKeyspace.shared().sectionUids(100), 600);
  }
}
