package org.posthorn.store.jdbc.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.EmbeddedPostgres;
import org.posthorn.store.jdbc.kill.Contents.Message;
import org.posthorn.testkit.KilledProcess;

/**
 * {@code kill -9} during a storm of changes. The number of kills is the system property {@code
 * posthorn.kills}; a few by default, 500 in the soak profile.
 */
@Tag("long")
class KillTest {
  private static final int KILLS =
      Integer.getInteger("posthorn.kills", Boolean.getBoolean("posthorn.soak") ? 500 : 6);
  private static final int REPORTED_EVERY = 25;

  /** With all that is read then. */
  private static final Duration OPENS_WITHIN = Duration.ofSeconds(20);

  /** Here it is the database that lets us in, which others keep busy too. */
  private static final Duration OPENS_ON_POSTGRES_WITHIN = Duration.ofSeconds(60);

  @TempDir Path directory;

  private final Random random = new Random(20_260);
  private final Map<String, Set<Long>> usedUids = new HashMap<>();
  private final Map<String, Long> highestModSeqs = new HashMap<>();
  private final List<Contents> before =
      new ArrayList<>(Collections.nCopies(StormProcess.WORKERS, Contents.NONE));
  private long operations;

  @Test
  void nothingAcknowledgedIsLost(TestReporter reporter) throws Exception {
    killAgainAndAgain(
        "SQLite", reporter, directory.resolve("store").toString(), OPENS_WITHIN, () -> {});
  }

  @Test
  void nothingAcknowledgedIsLostOnPostgres(TestReporter reporter) throws Exception {
    String database = EmbeddedPostgres.emptied();
    killAgainAndAgain(
        "PostgreSQL",
        reporter,
        database,
        OPENS_ON_POSTGRES_WITHIN,
        () -> EmbeddedPostgres.awaitAlone(database));
  }

  private void killAgainAndAgain(
      String store, TestReporter reporter, String place, Duration opensWithin, Runnable afterKill)
      throws Exception {
    long start = System.nanoTime();
    KilledProcess next = start(place, 0);
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        KilledProcess storm = next;
        rage(storm, kill > 0);
        // It gets ready while this one's work is looked at.
        next = start(place, kill + 1);
        afterKill.run();
        List<Expected> expected = new ArrayList<>();
        for (int worker = 0; worker < StormProcess.WORKERS; worker++) {
          expected.add(follow(worker));
        }
        check("after kill " + kill + ", ", place, opensWithin, expected);
        if ((kill + 1) % REPORTED_EVERY == 0 || kill + 1 == KILLS) {
          Duration taken = Duration.ofNanos(System.nanoTime() - start);
          reporter.publishEntry(
              store,
              (kill + 1)
                  + " kills, "
                  + operations
                  + " operations acknowledged, none lost or doubled, in "
                  + taken.toSeconds()
                  + " seconds");
        }
      }
    } finally {
      next.close();
    }
    assertTrue(operations >= KILLS, "the storm did nothing");
  }

  private KilledProcess start(String place, int generation) throws IOException {
    return KilledProcess.start(
        StormProcess.class, directory, place, directory.toString(), Integer.toString(generation));
  }

  /** Some are killed before they work, while they bring in order what the one before them left. */
  private void rage(KilledProcess storm, boolean mayBeEarly)
      throws IOException, InterruptedException {
    for (int worker = 0; worker < StormProcess.WORKERS; worker++) {
      Files.deleteIfExists(StormProcess.journal(directory, worker));
    }
    try (storm) {
      storm.begin();
      if (random.nextInt(8) == 0 && mayBeEarly) {
        storm.killAfter(Duration.ofMillis(random.nextInt(800)));
      } else {
        storm.killWhenReadyFor(Duration.ofMillis(random.nextInt(400)));
      }
    }
  }

  private Expected follow(int worker) throws IOException {
    Expected expected = new Expected(before.get(worker));
    expected.follow(Journal.read(StormProcess.journal(directory, worker)));
    operations += expected.operations();
    return expected;
  }

  private void check(String when, String place, Duration opensWithin, List<Expected> expected)
      throws StoreException, SQLException {
    long start = System.nanoTime();
    try (MailStore store = StormStore.open(place)) {
      Sight sight = Sight.of(store);
      Duration opened = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(opened.compareTo(opensWithin) < 0, when + "opening and reading took " + opened);
      sight
          .mailboxes()
          .forEach((path, snapshot) -> checkCounts(when + path + ": ", path, snapshot, expected));
      for (int worker = 0; worker < expected.size(); worker++) {
        Contents now = sight.of(worker);
        checkContents(when + "worker " + worker + ": ", expected.get(worker), now);
        before.set(worker, now);
      }
      assertEquals(List.of(), StormStore.check(store), when);
    }
    assertEquals(List.of(), StormStore.checkFiles(place), when);
  }

  /** UIDs are never used twice, MODSEQ never goes back. */
  private void checkCounts(String what, String path, Snapshot snapshot, List<Expected> expected) {
    String identity = path;
    for (MailboxName box : StormPlace.boxes()) {
      if (snapshot.info().name().equals(box)) {
        identity = Expected.identity(path, Long.toString(snapshot.info().uidValidity()));
      }
    }
    Set<Long> used = usedUids.computeIfAbsent(identity, m -> new HashSet<>());
    long highest = highestModSeqs.getOrDefault(identity, 0L);
    for (Expected one : expected) {
      for (Message told : one.told()) {
        if (told.mailbox().equals(identity)) {
          assertTrue(used.add(told.uid()), what + "UID " + told.uid() + " was used twice");
        }
      }
      highest = Math.max(highest, one.modSeqs().getOrDefault(identity, 0L));
    }
    assertTrue(snapshot.highestModSeq() >= highest, what + "MODSEQ went back");
    highestModSeqs.put(identity, snapshot.highestModSeq());
    snapshot.uids().forEachUid(used::add);
    for (long uid : used) {
      assertTrue(uid < snapshot.uidNext(), what + "UIDNEXT went back");
    }
  }

  /** All is as told, or as if the operation under way had been finished: nothing between. */
  private static void checkContents(String what, Expected expected, Contents found) {
    Contents without = expected.withoutLast();
    Contents seen = found.asKnownBy(without);
    if (!seen.equals(without)) {
      assertEquals(expected.withLast().lines(), seen.lines(), what);
    }
  }
}
