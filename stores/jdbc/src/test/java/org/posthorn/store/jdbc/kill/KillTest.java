package org.posthorn.store.jdbc.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.EmbeddedPostgres;
import org.posthorn.store.jdbc.kill.Expected.Message;
import org.posthorn.testkit.KilledProcess;

/**
 * {@code kill -9} during a storm of changes. The number of kills is the system property {@code
 * posthorn.kills}; a few by default, 500 in the soak profile.
 */
@Tag("long")
class KillTest {
  private static final int KILLS =
      Integer.getInteger("posthorn.kills", Boolean.getBoolean("posthorn.soak") ? 500 : 6);
  private static final Duration OPENS_WITHIN = Duration.ofSeconds(5);

  /** Here it is the database that lets us in, which others keep busy too. */
  private static final Duration OPENS_ON_POSTGRES_WITHIN = Duration.ofSeconds(60);

  private static final Comparator<Message> ORDER =
      Comparator.comparing(Message::mailbox)
          .thenComparing(Message::uid)
          .thenComparing(Message::tag)
          .thenComparing(Message::keyword);

  @TempDir Path directory;

  private final Random random = new Random(20_260);
  private final Map<String, Set<Long>> usedUids = new HashMap<>();
  private final Map<String, Long> highestModSeqs = new HashMap<>();
  private List<Found> before = List.of();
  private long operations;

  @Test
  void nothingAcknowledgedIsLost(TestReporter reporter) throws Exception {
    killAgainAndAgain(directory.resolve("store").toString(), OPENS_WITHIN, () -> {});
    report(reporter, "SQLite");
  }

  @Test
  void nothingAcknowledgedIsLostOnPostgres(TestReporter reporter) throws Exception {
    String database = EmbeddedPostgres.emptied();
    killAgainAndAgain(
        database, OPENS_ON_POSTGRES_WITHIN, () -> EmbeddedPostgres.awaitAlone(database));
    report(reporter, "PostgreSQL");
  }

  private void report(TestReporter reporter, String store) {
    reporter.publishEntry(
        store, KILLS + " kills, " + operations + " operations acknowledged, none lost or doubled");
  }

  private void killAgainAndAgain(String place, Duration opensWithin, Runnable afterKill)
      throws Exception {
    KilledProcess next = start(place, 0);
    try {
      for (int generation = 0; generation < KILLS; generation++) {
        KilledProcess storm = next;
        rage(storm);
        // It gets ready while this one's work is looked at.
        next = start(place, generation + 1);
        afterKill.run();
        List<Expected> expected = new ArrayList<>();
        for (int worker = 0; worker < StormProcess.WORKERS; worker++) {
          expected.add(follow(worker));
        }
        check(place, opensWithin, expected, generation);
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
  private void rage(KilledProcess storm) throws IOException, InterruptedException {
    for (int worker = 0; worker < StormProcess.WORKERS; worker++) {
      Files.deleteIfExists(StormProcess.journal(directory, worker));
    }
    try (storm) {
      storm.begin();
      if (random.nextInt(8) == 0) {
        storm.killAfter(Duration.ofMillis(random.nextInt(800)));
      } else {
        storm.killWhenReadyFor(Duration.ofMillis(random.nextInt(400)));
      }
    }
  }

  private Expected follow(int worker) throws IOException {
    Expected expected =
        new Expected(before.stream().filter(f -> StormMessage.isOf(f.tag(), worker)).toList());
    List<String> journal = Journal.read(StormProcess.journal(directory, worker));
    operations += journal.size() / 2;
    expected.follow(journal);
    return expected;
  }

  private void check(String place, Duration opensWithin, List<Expected> expected, int generation)
      throws StoreException {
    String when = "after kill " + generation + ", ";
    long start = System.nanoTime();
    try (MailStore store = StormStore.open(place);
        Account account = store.open(Identity.owner(StormProcess.ACCOUNT))) {
      List<Found> now = new ArrayList<>();
      for (MailboxName name : StormProcess.MAILBOXES) {
        try (Mailbox mailbox = account.open(name, Access.READ)) {
          Snapshot snapshot = mailbox.snapshot();
          Duration opened = Duration.ofNanos(System.nanoTime() - start);
          assertTrue(opened.compareTo(opensWithin) < 0, when + "opening took " + opened);
          checkCounts(when + name + ": ", snapshot, expected);
          now.addAll(Found.in(mailbox));
        }
      }
      for (int worker = 0; worker < expected.size(); worker++) {
        checkMessages(when + "worker " + worker + ": ", worker, expected.get(worker), now);
      }
      assertEquals(List.of(), StormStore.check(store, StormProcess.ACCOUNT), when);
      before = now;
    }
  }

  /** UIDs are never used twice, MODSEQ never goes back. */
  private void checkCounts(String what, Snapshot snapshot, List<Expected> expected) {
    String mailbox = snapshot.info().name().path();
    Set<Long> used = usedUids.computeIfAbsent(mailbox, m -> new HashSet<>());
    long highest = highestModSeqs.getOrDefault(mailbox, 0L);
    for (Expected one : expected) {
      for (Message told : one.told()) {
        if (told.mailbox().equals(mailbox)) {
          assertTrue(used.add(told.uid()), what + "UID " + told.uid() + " was used twice");
        }
      }
      highest = Math.max(highest, one.modSeqs().getOrDefault(mailbox, 0L));
    }
    assertTrue(snapshot.highestModSeq() >= highest, what + "MODSEQ went back");
    highestModSeqs.put(mailbox, snapshot.highestModSeq());
    snapshot.uids().forEachUid(used::add);
    for (long uid : used) {
      assertTrue(uid < snapshot.uidNext(), what + "UIDNEXT went back");
    }
  }

  /** All is as told, or as if the operation under way had been finished: nothing between. */
  private static void checkMessages(String what, int worker, Expected expected, List<Found> found) {
    Set<Long> known = new HashSet<>();
    expected.withoutLast().forEach(message -> known.add(key(message.mailbox(), message.uid())));
    List<Message> actual = new ArrayList<>();
    for (Found f : found) {
      if (StormMessage.isOf(f.tag(), worker)) {
        long uid = known.contains(key(f.mailbox(), f.uid())) ? f.uid() : 0;
        actual.add(new Message(f.mailbox(), uid, f.tag(), f.keyword()));
      }
    }
    List<Message> sorted = actual.stream().sorted(ORDER).toList();
    List<Message> without = expected.withoutLast().stream().sorted(ORDER).toList();
    if (!sorted.equals(without)) {
      assertEquals(expected.withLast().stream().sorted(ORDER).toList(), sorted, what);
    }
  }

  private static long key(String mailbox, long uid) {
    return 31L * uid + mailbox.hashCode() * (1L << 32);
  }
}
