package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.WatchSpec;
import org.posthorn.store.support.HintBus;

/** What a server tells its sessions by itself, and what its polls tell them. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class ToldTest extends TwoServers {
  private static final MailboxName BOX = MailboxName.of("box");

  private final Set<String> heard = new TreeSet<>();
  private String inbox = "";
  private String box = "";

  @BeforeEach
  void fill() throws Exception {
    alice(here).create(BOX, Set.of());
    append(here, INBOX, "Subject: 1\r\n\r\n", "Subject: 2\r\n\r\n");
    inbox = open(here, INBOX).info().id().value();
    box = open(here, BOX).info().id().value();
  }

  /** Polls of a server, which watches both mailboxes. */
  private PollingBus busOf(CassandraStore store) throws StoreException {
    PollingBus bus = new PollingBus(store.parts().cql(), store.parts().accounts());
    bus.start(
        new HintBus.Ear() {
          @Override
          public void heard(String account, MailboxId id, MailboxName name) {
            heard.add(name.path());
          }

          @Override
          public void mayHaveMissed() {}
        });
    bus.wish("alice", WatchSpec.mailbox(new MailboxId(inbox)));
    bus.wish("alice", WatchSpec.mailbox(new MailboxId(box)));
    assertFalse(bus.poll());
    return bus;
  }

  @Test
  void whatThisServerToldOfIsNotToldAgainByAPoll() throws Exception {
    PollingBus bus = busOf(here);
    append(here, INBOX, "Subject: 3\r\n\r\n");
    open(here, INBOX).remove(UidSet.of(1));
    open(here, INBOX).copy(UidSet.of(2), BOX);
    assertFalse(bus.poll());
    assertEquals(Set.of(), heard);
    append(there, BOX, "Subject: 4\r\n\r\n");
    assertTrue(bus.poll());
    assertEquals(Set.of("box"), heard);
    bus.close();
  }

  /** Another server decided a MOVE and died. */
  @Test
  void aMoveThatThisServerFinishesForAnotherIsHeardOfInBothMailboxes() throws Exception {
    PollingBus bus = busOf(here);
    Boxes boxes = there.parts().boxes();
    Draft draft = new Draft(there.parts().messages(), boxes.quiet(inbox));
    draft.modSeq();
    draft.box.intent = new Intent.Move(7, box, UidSet.of(1), Optional.empty(), 1, 0);
    assertTrue(boxes.decide(draft));
    assertEquals(UidSet.of(2), open(here, INBOX).snapshot().uids());
    assertEquals(UidSet.of(1), open(here, BOX).snapshot().uids());
    assertTrue(bus.poll());
    assertEquals(Set.of("INBOX", "box"), heard);
    bus.close();
  }

  @Test
  void aCopyWhoseAnswerFailsIsHeardOfByTheNextPoll() throws Exception {
    HookedSession hooked = new HookedSession(TestKeyspace.session());
    try (CassandraStore store = TestKeyspace.shared().over(hooked.session()).open()) {
      PollingBus bus = busOf(store);
      Mailbox source = open(store, INBOX);
      hooked.before(
          statement -> {
            if (HookedSession.text(statement).startsWith("INSERT INTO mailbox")) {
              hooked.refuse("FROM account");
            }
          });
      assertThrows(StoreException.class, () -> source.copy(UidSet.of(1), BOX));
      hooked.before(statement -> {});
      assertEquals(UidSet.of(1), open(there, BOX).snapshot().uids());
      assertTrue(bus.poll());
      assertEquals(Set.of("box"), heard);
      bus.close();
    }
  }
}
