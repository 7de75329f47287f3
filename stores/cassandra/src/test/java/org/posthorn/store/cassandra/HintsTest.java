package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.WatchSpec;
import org.posthorn.store.support.HintBus;

/** What one server hears of the other; how soon is asked by the faults soak. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class HintsTest extends TwoServers {
  @Test
  void eachOfAHundredChangesThroughAnotherServerIsHeardOf() throws Exception {
    Mailbox inbox = open(there, INBOX);
    MailboxId id = inbox.info().id();
    Semaphore hints = new Semaphore(0);
    AutoCloseable watch = alice(there).watch(WatchSpec.mailbox(id), heard -> hints.release());
    List<Long> micros = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        long uid = append(here, INBOX, "Subject: hint\r\n\r\n").uids().first();
        long done = System.nanoTime();
        do {
          assertTrue(hints.tryAcquire(60, TimeUnit.SECONDS), "no hint of change " + i);
        } while (!inbox.snapshot().uids().contains(uid));
        micros.add((System.nanoTime() - done) / 1_000);
      }
    } finally {
      watch.close();
    }
    Collections.sort(micros);
    System.out.println("hints in microseconds: p50 " + micros.get(49) + ", p99 " + micros.get(98));
  }

  @Test
  void aSlowClusterIsNotAskedAllTheTime() {
    long ms = TimeUnit.MILLISECONDS.toNanos(1);
    assertEquals(45 * ms, PollingBus.rest(50 * ms, 5 * ms));
    assertEquals(40 * ms, PollingBus.rest(50 * ms, 40 * ms));
    assertEquals(20 * ms, PollingBus.rest(0, 5 * ms));
    assertEquals(300 * ms, PollingBus.rest(50 * ms, 300 * ms));
    assertEquals(1_000 * ms, PollingBus.rest(200 * ms, 9_000 * ms));
  }

  @Test
  void oneQueryAsksForAllMailboxesAndOneForAllAccounts() throws Exception {
    List<Runnable> names = new ArrayList<>();
    PollingBus bus = new PollingBus(there.parts().cql(), there.parts().accounts(), names::add);
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    bus.start(
        new HintBus.Ear() {
          @Override
          public void heard(String account, MailboxId id, MailboxName name) {
            heard.add(account);
          }

          @Override
          public void mayHaveMissed() {}
        });
    for (String name : List.of("bob", "carol", "dave")) {
      here.facet(AccountDirectory.class).orElseThrow().create(name);
      bus.wish(name, new WatchSpec.Subtree(List.of()));
    }
    bus.wish("alice", WatchSpec.mailbox(open(here, INBOX).info().id()));
    assertFalse(bus.poll());
    assertEquals(List.of(), heard);
    long before = there.requests();
    assertFalse(bus.poll());
    assertEquals(2, there.requests() - before);

    appendTo(here, "carol");
    here.open(Identity.owner("dave")).create(MailboxName.of("new"), Set.of());
    append(here, INBOX, "Subject: hint\r\n\r\n");
    assertTrue(bus.poll());
    Collections.sort(heard);
    assertEquals(List.of("alice", "carol"), heard, "names have time");
    assertFalse(bus.poll());
    assertEquals(1, names.size(), "and are read once");
    names.remove(0).run();
    assertEquals(List.of("alice", "carol", "dave"), heard);
    bus.close();
  }
}
