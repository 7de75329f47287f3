package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.UidSet;

/** Sessions of one server that change the same mailboxes at the same time. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class BusyMailboxTest extends TwoServers {
  private static final MailboxName BOX = MailboxName.of("box");

  /** All at the same time. */
  private static void together(List<Callable<Boolean>> sessions) throws Exception {
    ExecutorService crew = Executors.newFixedThreadPool(sessions.size());
    try {
      for (Future<Boolean> one : crew.invokeAll(sessions)) {
        one.get();
      }
    } finally {
      crew.shutdownNow();
    }
  }

  @Test
  void tenSessionsOfOneServerDoNotFightEachOther() throws Exception {
    WatchedSession watched = new WatchedSession(TestKeyspace.session());
    try (CassandraStore store = TestKeyspace.shared().over(watched.session()).open()) {
      append(store, INBOX, "Subject: 0\r\n\r\n");
      int before = watched.refused();
      List<Callable<Boolean>> sessions = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        sessions.add(
            () -> {
              for (int n = 0; n < 5; n++) {
                append(store, INBOX, "Subject: x\r\n\r\n");
              }
              return true;
            });
      }
      together(sessions);
      assertEquals(before, watched.refused(), "batches that were refused");
      assertEquals(UidSet.range(1, 51), open(there, INBOX).snapshot().uids());
    }
  }

  /** Of one server, so that each needs the turns of both mailboxes. */
  @Test
  void movesInBothDirectionsDoNotWaitForEachOther() throws Exception {
    alice(here).create(BOX, Set.of());
    String[] messages = new String[8];
    Arrays.fill(messages, "Subject: moved\r\n\r\n");
    append(here, INBOX, messages);
    append(here, BOX, messages);
    Mailbox inbox = open(here, INBOX);
    Mailbox box = open(here, BOX);
    List<Callable<Boolean>> sessions = new ArrayList<>();
    for (long uid = 1; uid <= messages.length; uid++) {
      UidSet one = UidSet.of(uid);
      sessions.add(() -> inbox.move(one, BOX).copies().size() == 1);
      sessions.add(() -> box.move(one, INBOX).copies().size() == 1);
    }
    together(sessions);
    UidSet arrived = UidSet.range(messages.length + 1, 2L * messages.length);
    assertEquals(arrived, open(there, INBOX).snapshot().uids());
    assertEquals(arrived, open(there, BOX).snapshot().uids());
  }
}
