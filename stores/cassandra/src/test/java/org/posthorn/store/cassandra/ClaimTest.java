package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** Octets stay while a mailbox may come to refer to them, and no longer. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
@Tag("long")
class ClaimTest extends TwoServers {
  private static final MailboxName BOX = MailboxName.of("box");
  private static final Duration LIFE = Duration.ofHours(1);

  /** How much later than everybody else's it is by a store's clock. */
  private Duration ahead = Duration.ZERO;

  private CassandraStore slow() throws StoreException {
    return TestKeyspace.shared()
        .freeAfter(LIFE)
        .clock(new TestClock(() -> Instant.now().plus(ahead)))
        .open();
  }

  /** Frees what was in doubt at a time. */
  private static int collectAsOf(Instant time) throws StoreException {
    Clock then = Clock.fixed(time.plus(LIFE), ZoneOffset.UTC);
    try (CassandraStore store = TestKeyspace.shared().freeAfter(LIFE).clock(then).open()) {
      return store.collect();
    }
  }

  private static void write(IndexingAppend append, String text) throws StoreException {
    append.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Now; what comes later has another time stamp. */
  private static Instant moment() {
    Instant now = Instant.now();
    while (!Instant.now().isAfter(now.plusMillis(2))) {
      Thread.onSpinWait();
    }
    return now;
  }

  private static long octets(Mailbox mailbox, long uid) throws StoreException {
    ByteBuffer out = ByteBuffer.allocate(1 << 20);
    long at = 0;
    int read;
    while ((read = mailbox.content(uid).read(at, out)) > 0) {
      at += read;
    }
    return at;
  }

  private int chunksOf(UidSet uids) throws StoreException {
    String inbox = open(here, INBOX).info().id().value();
    int chunks = 0;
    for (Message message : here.parts().messages().read(inbox, uids)) {
      chunks += chunks(message);
    }
    return chunks;
  }

  private int chunks(Message message) throws StoreException {
    return here.parts()
        .cql()
        .all("SELECT i FROM chunk WHERE body = ? AND part = 0", message.body())
        .size();
  }

  @Test
  void octetsOfALongUploadStay() throws Exception {
    try (CassandraStore store = slow();
        AppendGroup group = alice(store).beginAppend(INBOX, Optional.empty())) {
      IndexingAppend first = new IndexingAppend(group.next(AppendSpec.plain()));
      write(first, "Subject: first\r\n\r\n");
      first.end();
      IndexingAppend second = new IndexingAppend(group.next(AppendSpec.plain()));
      write(second, "Subject: second\r\n\r\n" + "x".repeat(200_000));
      for (int i = 0; i < 4; i++) {
        Instant before = moment();
        ahead = ahead.plus(LIFE.dividedBy(2));
        write(second, "slowly\r\n");
        collectAsOf(before);
      }
      second.end();
      assertEquals(UidSet.range(1, 2), group.commit().uids());
    }
    assertEquals(18, octets(open(there, INBOX), 1));
    assertEquals(19 + 200_000 + 4 * 8, octets(open(there, INBOX), 2));
  }

  @Test
  void whatWasLeftLyingForTooLongIsNotAcknowledged() throws Exception {
    try (CassandraStore store = slow();
        AppendGroup group = alice(store).beginAppend(INBOX, Optional.empty())) {
      IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
      write(append, "Subject: late\r\n\r\n");
      append.end();
      collectAsOf(moment());
      ahead = LIFE;
      StoreException refused = assertThrows(StoreException.class, group::commit);
      assertEquals(Code.UNAVAILABLE, refused.code());
    }
    assertTrue(open(there, INBOX).snapshot().uids().isEmpty());
  }

  private static final QuotaPolicy ONE_MESSAGE =
      new QuotaPolicy() {
        @Override
        public QuotaLimits account(String account) {
          return QuotaLimits.UNLIMITED.with(QuotaResource.MESSAGE, 1);
        }
      };

  @Test
  void aCopyThatIsRefusedLeavesNothing() throws Exception {
    alice(here).create(BOX, Set.of());
    append(here, INBOX, "Subject: copied\r\n\r\n");
    String inbox = open(here, INBOX).info().id().value();
    Message message = here.parts().messages().read(inbox, ALL).get(0);
    try (CassandraStore limited = TestKeyspace.shared().quotas(ONE_MESSAGE).open()) {
      StoreException refused =
          assertThrows(StoreException.class, () -> open(limited, INBOX).copy(ALL, BOX));
      assertEquals(Code.OVER_QUOTA, refused.code());
    }
    open(here, INBOX).remove(ALL);
    collectAsOf(moment());
    assertEquals(0, chunks(message));
  }

  private interface Call {
    void run(Mailbox inbox) throws StoreException;
  }

  /** The server dies at the first batch, which is never sent. */
  private void dies(Call call) throws Exception {
    FaultySession faults = new FaultySession(TestKeyspace.session());
    try (CassandraStore dying = TestKeyspace.shared().over(faults.session()).open()) {
      Mailbox inbox = open(dying, INBOX);
      inbox.snapshot();
      faults.strike(1, FaultySession.Fault.SILENT_BEFORE);
      assertThrows(StoreException.class, () -> call.run(inbox));
      faults.heal();
    }
  }

  @Test
  void aCopyOrMoveWhoseServerDiedLeavesNothing() throws Exception {
    alice(here).create(BOX, Set.of());
    append(here, INBOX, "Subject: 1\r\n\r\n", "Subject: 2\r\n\r\n");
    String id = open(here, INBOX).info().id().value();
    dies(inbox -> inbox.copy(UidSet.of(1), BOX));
    dies(inbox -> inbox.move(UidSet.of(2), BOX));
    assertEquals(0, collectAsOf(moment()), "INBOX still has them");
    assertEquals(2, chunksOf(ALL));
    var messages = here.parts().messages().read(id, ALL);
    open(here, INBOX).remove(ALL);
    assertEquals(2, collectAsOf(moment()));
    assertEquals(0, chunks(messages.get(0)) + chunks(messages.get(1)));
  }

  /** The collector comes to the destination, or to the source, before anybody looks there. */
  @Test
  void aMoveThatNobodyFinishedForLongKeepsItsOctets() throws Exception {
    alice(here).create(BOX, Set.of());
    for (int i = 0; i < 4; i++) {
      append(here, INBOX, "Subject: moved\r\n\r\n");
      String source = open(here, INBOX).info().id().value();
      String target = open(here, BOX).info().id().value();
      decideMove(source, target);
      collectAsOf(moment());
      assertEquals(18, octets(open(there, BOX), 1));
      assertTrue(open(there, INBOX).snapshot().uids().isEmpty());
      alice(here).delete(BOX);
      alice(here).create(BOX, Set.of());
    }
  }

  /** As a server that dies right after it decided a MOVE leaves it. */
  private void decideMove(String source, String target) throws StoreException {
    Boxes boxes = here.parts().boxes();
    Draft draft = new Draft(here.parts().messages(), boxes.quiet(source));
    Message message = draft.read(ALL).get(0);
    Claim claim = new Claim(here.parts().cql(), here.parts().settings(), target);
    claim.comeBy(source, 7);
    claim.add(List.of(message.body()));
    Bodies.doubt(here.parts().cql(), source, List.of(message.body()));
    draft.modSeq();
    draft.box.intent = new Intent.Move(7, target, UidSet.of(message.uid()), Optional.empty(), 1, 0);
    assertTrue(boxes.decide(draft));
  }
}
