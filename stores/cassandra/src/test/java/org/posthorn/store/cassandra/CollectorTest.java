package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.Access;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Nothing stays for ever, whoever dies or fails in between. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class CollectorTest extends TwoServers {
  private static final MailboxName BOX = MailboxName.of("box");
  private final HookedSession hooked = new HookedSession(TestKeyspace.session());

  /** Two hours from now, by a server that may be hindered. */
  private int collectLater() throws StoreException {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
    try (CassandraStore store = TestKeyspace.shared().over(hooked.session()).clock(later).open()) {
      return store.collect();
    }
  }

  private boolean isKept(UUID body) throws StoreException {
    return Bodies.isThere(here.parts().cql(), body);
  }

  private UUID body(String mailbox, long uid) throws StoreException {
    return here.parts().messages().read(mailbox, UidSet.of(uid)).get(0).body();
  }

  private String id(MailboxName name) throws StoreException {
    return open(here, name).info().id().value();
  }

  @Test
  void whatALargeBodyLeavesIsFoundByWhoeverComesAfterOneWhoDied() throws Exception {
    Cql cql = here.parts().cql();
    UUID body = Ids.token();
    int parts = 3;
    for (int part = 0; part < parts; part++) {
      cql.writeAll(List.of(Bodies.chunk(cql, body, part * 64, new byte[1])));
    }
    try (CassandraStore dying = TestKeyspace.shared().over(hooked.session()).open()) {
      List<Integer> deleted = new ArrayList<>();
      hooked.before(
          statement -> {
            if (HookedSession.text(statement).startsWith("DELETE FROM chunk")) {
              deleted.add(statement.getInt("part"));
              if (deleted.size() == 2) {
                throw hooked.refusal();
              }
            }
          });
      assertThrows(StoreException.class, () -> Bodies.delete(dying.parts().cql(), List.of(body)));
      assertEquals(2, deleted.size());
    }
    Bodies.delete(cql, List.of(body));
    for (int part = 0; part < parts; part++) {
      assertEquals(
          List.of(), cql.all("SELECT i FROM chunk WHERE body = ? AND part = ?", body, part));
    }
  }

  /** An EXPUNGE of more than one batch was decided, and its server died. */
  @Test
  void whatNobodyFinishedIsFinishedAndFreed() throws Exception {
    append(here, INBOX, "Subject: 1\r\n\r\n", "Subject: 2\r\n\r\n");
    String inbox = id(INBOX);
    UUID going = body(inbox, 1);
    UUID staying = body(inbox, 2);
    Boxes boxes = here.parts().boxes();
    Draft draft = new Draft(here.parts().messages(), boxes.quiet(inbox));
    Bodies.doubt(here.parts().cql(), inbox, List.of(going));
    long modSeq = draft.modSeq();
    draft.box.intent = new Intent.Remove(modSeq, UidSet.of(1));
    assertTrue(boxes.decide(draft));
    assertEquals(1, collectLater());
    assertFalse(isKept(going));
    assertTrue(isKept(staying));
    assertEquals(UidSet.of(2), open(there, INBOX).snapshot().uids());
  }

  @Test
  void aMailboxThatFailsKeepsItsNotesAndNothingElse() throws Exception {
    alice(here).create(BOX, Set.of());
    append(here, INBOX, "Subject: 1\r\n\r\n");
    append(here, BOX, "Subject: 2\r\n\r\n");
    String inbox = id(INBOX);
    UUID first = body(inbox, 1);
    UUID second = body(id(BOX), 1);
    open(here, INBOX).remove(UidSet.of(1));
    open(here, BOX).remove(UidSet.of(1));
    hooked.before(
        statement -> {
          if (HookedSession.text(statement).contains("FROM mailbox WHERE id")
              && inbox.equals(statement.getString("id"))) {
            throw hooked.refusal();
          }
        });
    assertThrows(StoreException.class, this::collectLater);
    assertTrue(isKept(first));
    assertFalse(isKept(second));
    hooked.before(statement -> {});
    assertEquals(1, collectLater(), "its note was there still");
    assertFalse(isKept(first));
  }

  /** Between the look at what a deleted mailbox has and its end. */
  @Test
  void whatCameToAMailboxWhileItWasRemovedIsFreedToo() throws Exception {
    here.facet(AccountDirectory.class).orElseThrow().create("bob");
    String inbox = here.open(Identity.owner("bob")).open(INBOX, Access.READ).info().id().value();
    appendTo(here, "bob");
    UUID first = body(inbox, 1);
    append(here, INBOX, "Subject: late\r\n\r\n");
    Message late = here.parts().messages().read(id(INBOX), UidSet.of(1)).get(0).copied(0);
    UUID second = late.body();
    boolean[] came = {false};
    try (CassandraStore deleting = TestKeyspace.shared().over(hooked.session()).open()) {
      hooked.before(
          statement -> {
            if (!came[0] && HookedSession.text(statement).startsWith("INSERT INTO garbage")) {
              came[0] = true;
              Cql cql = there.parts().cql();
              cql.writeAll(List.of(Bodies.reason(cql, second, inbox, Uuids.timeBased())));
              new Addition(there.parts().boxes(), List.of(late)).to(inbox);
            }
          });
      assertTrue(deleting.facet(AccountDirectory.class).orElseThrow().delete("bob"));
    }
    hooked.before(statement -> {});
    assertTrue(came[0]);
    open(here, INBOX).remove(UidSet.of(1));
    assertEquals(2, collectLater());
    assertFalse(isKept(first));
    assertFalse(isKept(second));
  }

  @Test
  void aMessageWithoutEmailIdLeavesNoTombstone() throws Exception {
    append(here, INBOX, "Subject: 1\r\n\r\n");
    Message message = here.parts().messages().read(id(INBOX), UidSet.of(1)).get(0);
    var insert = MessageRows.insert(here.parts().cql(), "box", message);
    assertFalse(insert.isSet("email"));
    assertTrue(insert.isSet("thread"));
  }
}
