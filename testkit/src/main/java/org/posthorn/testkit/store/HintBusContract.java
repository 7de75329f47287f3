package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.WatchSpec;
import org.posthorn.store.support.HintBus;

/** What every bus of hints owes, as tests: extend this class and say how a server joins. */
public abstract class HintBusContract {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A mailbox that can be changed. */
  public record Place(String account, MailboxId id, MailboxName name) {}

  /** What one server hears. */
  private static final class Heard implements HintBus.Ear {
    private final Map<Map.Entry<String, MailboxId>, Integer> times = new ConcurrentHashMap<>();
    private final AtomicInteger missed = new AtomicInteger();

    @Override
    public void heard(String account, MailboxId id, MailboxName name) {
      // The name may be an old one, or INBOX where nobody knows it.
      times.merge(Map.entry(account, id), 1, Integer::sum);
    }

    @Override
    public void mayHaveMissed() {
      missed.incrementAndGet();
    }

    int times(Place place) {
      return times.getOrDefault(Map.entry(place.account(), place.id()), 0);
    }
  }

  private final List<HintBus> buses = new ArrayList<>();

  /** One more server that shares what the others do; its bus is not started yet. */
  protected abstract HintBus join() throws Exception;

  /** One of two mailboxes, number 0 and 1, always the same for a number. */
  protected abstract Place place(int number) throws Exception;

  /** Changes the mailbox and tells of it, as the server of this bus; telling alone by default. */
  protected void change(HintBus bus, Place place) throws Exception {
    bus.tell(place.account(), place.id(), place.name());
  }

  /** Breaks the connections of every bus; false where there are none. */
  protected boolean cut() throws Exception {
    return false;
  }

  /** Lets connections be made again. */
  protected void heal() throws Exception {}

  /** Ends what {@link #join} made. */
  @AfterEach
  final void closeAll() throws Exception {
    heal();
    buses.forEach(HintBus::close);
    closeShared();
  }

  /** Ends what the servers share. */
  protected void closeShared() throws Exception {}

  private HintBus joined() throws Exception {
    HintBus bus = join();
    buses.add(bus);
    return bus;
  }

  /** A server that watches these, and has looked at them already. */
  private Heard listening(HintBus from, int... numbers) throws Exception {
    HintBus bus = joined();
    Heard heard = new Heard();
    bus.start(heard);
    for (int number : numbers) {
      Place place = place(number);
      Runnable unused = bus.watched(place.account(), WatchSpec.mailbox(place.id()));
      // A first look may be told of without a change, so that the second hint counts.
      change(from, place);
      await(() -> heard.times(place) > 0);
    }
    return heard;
  }

  private void assertTold(HintBus from, Heard heard, Place place) throws Exception {
    int before = heard.times(place);
    change(from, place);
    await(() -> heard.times(place) > before);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "no hint came");
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aChangeIsToldToEveryOtherServer() throws Exception {
    HintBus here = joined();
    Heard there = listening(here, 0, 1);
    Heard elsewhere = listening(here, 0);
    assertTold(here, there, place(0));
    assertTold(here, there, place(1));
    assertTold(here, elsewhere, place(0));
  }

  @Test
  void eachOfTwoHearsTheOther() throws Exception {
    HintBus one = joined();
    HintBus other = joined();
    Heard atOne = new Heard();
    Heard atOther = new Heard();
    one.start(atOne);
    other.start(atOther);
    Place place = place(0);
    List.of(one, other).forEach(bus -> bus.watched(place.account(), WatchSpec.mailbox(place.id())));
    for (int i = 0; i < 3; i++) {
      assertTold(one, atOther, place);
      assertTold(other, atOne, place);
    }
  }

  @Test
  void manyChangesAreToldAtMostOnceEachAndTheLastOneIsTold() throws Exception {
    HintBus here = joined();
    Heard there = listening(here, 0);
    // What the first look gave is over once another change was heard of.
    assertTold(here, there, place(0));
    Place place = place(0);
    int before = there.times(place);
    for (int i = 0; i < 20; i++) {
      change(here, place);
    }
    await(() -> there.times(place) > before);
    assertTold(here, there, place);
    int told = there.times(place) - before;
    assertTrue(told <= 22, told + " hints of 21 changes");
  }

  @Test
  void aSubtreeIsHeardOfToo() throws Exception {
    HintBus here = joined();
    HintBus bus = joined();
    Heard there = new Heard();
    bus.start(there);
    Runnable unused = bus.watched(place(0).account(), new WatchSpec.Subtree(List.of()));
    for (int i = 0; i < 3; i++) {
      assertTold(here, there, place(0));
    }
  }

  @Test
  void whoComesLaterHearsWhatComesLater() throws Exception {
    HintBus here = joined();
    Heard first = listening(here, 0);
    for (int i = 0; i < 3; i++) {
      assertTold(here, first, place(0));
    }
    Heard late = listening(here, 0);
    assertTold(here, late, place(0));
    assertTold(here, first, place(0));
  }

  @Test
  void aWatchThatBeginsLaterIsHeardOf() throws Exception {
    HintBus here = joined();
    HintBus bus = joined();
    Heard there = new Heard();
    bus.start(there);
    Place place = place(1);
    Runnable away = bus.watched(place(0).account(), WatchSpec.mailbox(place(0).id()));
    assertTold(here, there, place(0));
    Runnable unused = bus.watched(place.account(), WatchSpec.mailbox(place.id()));
    assertTold(here, there, place);
    assertTold(here, there, place);
    away.run();
    away.run();
    assertTold(here, there, place);
  }

  @Test
  void whoClosedHearsNothingAndTheOthersGoOn() throws Exception {
    HintBus here = joined();
    Heard gone = listening(here, 0);
    HintBus closing = buses.get(buses.size() - 1);
    Heard there = listening(here, 0);
    closing.close();
    closing.close();
    int before = gone.times(place(0));
    for (int i = 0; i < 3; i++) {
      assertTold(here, there, place(0));
    }
    closing.tell(place(0).account(), place(0).id(), place(0).name());
    assertEquals(before, gone.times(place(0)));
    assertEquals(0, gone.missed.get());
  }

  @Test
  void whatWasChangedWhileTheConnectionWasLostIsMadeUpForOnce() throws Exception {
    HintBus here = joined();
    Heard there = listening(here, 0, 1);
    assumeTrue(cut(), "a bus without connections");
    Place place = place(0);
    int before = there.times(place) + there.missed.get();
    change(here, place);
    heal();
    await(() -> there.times(place) + there.missed.get() > before);
    assertTold(here, there, place(1));
    assertTold(here, there, place(0));
    assertTrue(there.missed.get() <= 1, "it missed things " + there.missed + " times");
  }
}
