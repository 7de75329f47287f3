package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.Access;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Flags;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** What a process that dies leaves behind, and what is too much for one batch of names. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
@Tag("long")
class LeftoversTest extends TwoServers {
  private long before;

  @BeforeEach
  void look() throws StoreException {
    before = count("SELECT i FROM bucket");
  }

  private int collectLater() throws StoreException {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
    try (CassandraStore store = TestKeyspace.shared().clock(later).open()) {
      return store.collect();
    }
  }

  private long count(String what) throws StoreException {
    return here.parts().cql().all(what).size();
  }

  /** Rows in buckets, besides what tests before this one left in the keyspace. */
  private long staged() throws StoreException {
    return count("SELECT i FROM bucket") - before;
  }

  @Test
  void messagesThatWereStagedAndNeverPublishedAreFreed() throws Exception {
    append(here, INBOX, "Subject: staged\r\n\r\n");
    String inbox = open(here, INBOX).info().id().value();
    List<Message> staged = new ArrayList<>(here.parts().messages().read(inbox, ALL));
    new Addition(here.parts().boxes(), staged).stage(inbox);
    assertEquals(1, staged());
    here.collect();
    assertEquals(1, staged(), "whoever staged it may still be at it");
    collectLater();
    assertEquals(0, staged());
    assertEquals(UidSet.of(1), open(there, INBOX).snapshot().uids());
  }

  @Test
  void messagesThatWerePublishedAndNotBroughtHomeAreKept() throws Exception {
    append(here, INBOX, "Subject: staged\r\n\r\n");
    String inbox = open(here, INBOX).info().id().value();
    Boxes boxes = here.parts().boxes();
    List<Message> many = new ArrayList<>();
    for (int i = 0; i <= Boxes.BATCH; i++) {
      many.add(here.parts().messages().read(inbox, ALL).get(0).copied(0));
    }
    Addition addition = new Addition(boxes, many);
    addition.stageIfMany(inbox);
    boxes.add(inbox, addition::add);
    collectLater();
    assertEquals(0, staged());
    assertEquals(Boxes.BATCH + 2, open(there, INBOX).snapshot().uids().size());
    assertEquals(
        Boxes.BATCH + 2, there.parts().messages().read(inbox, UidSet.range(1, 1000)).size());
  }

  @Test
  void theNoteOfAMoveWhoseServerDiedIsFreedAfterTheMove() throws Exception {
    alice(here).create(MailboxName.of("box"), Set.of());
    append(here, INBOX, "Subject: 1\r\n\r\n", "Subject: 2\r\n\r\n");
    String source = open(here, INBOX).info().id().value();
    String target = open(here, MailboxName.of("box")).info().id().value();
    Claim claim = new Claim(here.parts().cql(), here.parts().settings(), target);
    claim.comeBy(source, 7);
    claim.add(CassandraMailbox.bodies(here.parts().messages().read(source, UidSet.of(1))));
    Boxes boxes = here.parts().boxes();
    Draft draft = new Draft(here.parts().messages(), boxes.quiet(source));
    draft.modSeq();
    draft.box.intent = new Intent.Move(7, target, UidSet.of(1), Optional.empty(), 1, 0);
    assertTrue(boxes.decide(draft));
    List<Message> moving = here.parts().messages().read(source, UidSet.of(1));
    new Addition(boxes, List.of(moving.get(0).copied(0))).arrive(target, source, 7);
    new Addition(boxes, List.of()).arrive(target, source, 7); // by who finds the source empty
    collectLater();
    String note = "SELECT n FROM mailbox WHERE id = '" + target + "' AND kind = 2";
    assertEquals(0, count(note));
    assertEquals(UidSet.of(2), open(there, INBOX).snapshot().uids());
    assertEquals(UidSet.of(1), open(there, MailboxName.of("box")).snapshot().uids());
  }

  @Test
  void aMoveThatTheDestinationCannotTakeIsRefusedWithTheReason() throws Exception {
    MailboxName box = MailboxName.of("box");
    alice(here).create(box, Set.of());
    append(here, INBOX, Flags.ofBits(0, List.of("important")), "Subject: keyword\r\n\r\n");
    try (CassandraStore strict = TestKeyspace.shared().keywords(0).open()) {
      Mailbox inbox = alice(strict).open(INBOX, Access.WRITE);
      StoreException refused = assertThrows(StoreException.class, () -> inbox.move(ALL, box));
      assertEquals(StoreException.Code.LIMIT, refused.code());
      assertEquals(UidSet.of(1), inbox.snapshot().uids());
      assertTrue(open(strict, box).snapshot().uids().isEmpty());
    }
  }

  /** Names so long that some dozens are enough for several batches. */
  private static MailboxName inferior(String top, int i) {
    return MailboxName.of(top, "x".repeat(900) + i);
  }

  @Test
  void aRenameOfMoreThanOneBatchIsFinishedByWhoeverComesNext() throws Exception {
    MailboxName top = MailboxName.of("top");
    MailboxName other = MailboxName.of("other");
    for (int i = 0; i < 100; i++) {
      alice(here).create(inferior("top", i), Set.of());
    }
    long seq = alice(there).changesSince(0, 10_000).nextSeq();
    Accounts accounts = here.parts().accounts();
    TreeEdit edit =
        new TreeEdit(here.parts().cql(), here.parts().settings(), accounts.latest("alice"));
    edit.renameAll(top, other);
    assertTrue(edit.isUnfinished());
    assertEquals(Cql.Outcome.APPLIED, here.parts().cql().conditional(edit.statements()));
    // Here that server dies.
    assertEquals(102, alice(there).list(ListQuery.ALL).size());
    assertTrue(
        alice(there).list(ListQuery.ALL).stream().noneMatch(info -> info.name().startsWith(top)));
    assertEquals(101, alice(there).changesSince(seq, 10_000).changes().size());
    // And one whose server lives.
    alice(here).rename(other, top);
    assertEquals(alice(here).list(ListQuery.ALL), alice(there).list(ListQuery.ALL));
    assertTrue(
        alice(there).list(ListQuery.ALL).stream().noneMatch(info -> info.name().startsWith(other)));
    AccountDirectory directory = there.facet(AccountDirectory.class).orElseThrow();
    assertTrue(directory.delete("alice"));
    assertTrue(directory.create("alice"));
    assertEquals(1, alice(here).list(ListQuery.ALL).size());
  }
}
