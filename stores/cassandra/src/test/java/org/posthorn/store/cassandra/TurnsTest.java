package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

class TurnsTest {
  private final ExecutorService crew = Executors.newCachedThreadPool();

  @AfterEach
  void dismiss() {
    crew.shutdownNow();
  }

  private static void awaitWaiting(Turns turns, String name, int count) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (turns.waiting(name) != count) {
      assertTrue(System.nanoTime() < end, turns.waiting(name) + " wait");
      Thread.onSpinWait();
    }
  }

  @Test
  void whoComesFirstIsServedFirst() throws Exception {
    Turns turns = new Turns();
    Turns.Turn first = turns.take("box");
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> all = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      order.add(i);
      all.add(
          crew.submit(
              () -> {
                Turns.Turn turn = turns.take("box");
                served.add(number);
                turn.end();
                return true;
              }));
      awaitWaiting(turns, "box", i + 1);
    }
    first.end();
    for (Future<?> one : all) {
      one.get();
    }
    assertEquals(order, served);
  }

  @Test
  void whoWaitsTooLongForOneStepIsRefused() throws Exception {
    Turns turns = new Turns(50);
    Turns.Turn held = turns.take("box");
    Future<Turns.Turn> waiting = crew.submit(() -> turns.take("box"));
    Exception refused = assertThrows(Exception.class, waiting::get);
    assertEquals(Code.UNAVAILABLE, ((StoreException) refused.getCause()).code());
    held.end();
    turns.take("box").end();
  }

  @Test
  void whoWaitsForManyStepsKeepsHisPlace() throws Exception {
    Turns turns = new Turns(2_000);
    Turns.Turn held = turns.take("box");
    Future<Boolean> waiting =
        crew.submit(
            () -> {
              turns.take("box").end();
              return true;
            });
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(3_000);
    while (System.nanoTime() < end) {
      held.stepped();
      Thread.onSpinWait();
    }
    held.end();
    assertTrue(waiting.get());
  }

  /** As many who append to one mailbox. */
  @Test
  void whoWaitsWhileOthersHaveTheirTurnsKeepsHisPlace() throws Exception {
    Turns turns = new Turns(2_000);
    Turns.Turn held = turns.take("box");
    List<Future<Boolean>> before = new ArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) {
      before.add(
          crew.submit(
              () -> {
                Turns.Turn turn = turns.take("box");
                assertFalse(go.await(900, TimeUnit.MILLISECONDS));
                turn.end();
                return true;
              }));
      awaitWaiting(turns, "box", i + 1);
    }
    Future<Boolean> last =
        crew.submit(
            () -> {
              turns.take("box").end();
              return true;
            });
    held.end();
    for (Future<Boolean> one : before) {
      assertTrue(one.get());
    }
    assertTrue(last.get());
  }

  /** As MOVEs between the same two mailboxes do. */
  @Test
  void nobodyWaitsForSomebodyWhoWaitsForHim() throws Exception {
    Turns turns = new Turns();
    CyclicBarrier both = new CyclicBarrier(2);
    List<Future<Boolean>> movers = new ArrayList<>();
    for (List<String> way : List.of(List.of("a", "b"), List.of("b", "a"))) {
      movers.add(
          crew.submit(
              () -> {
                Turns.Turn turn = turns.take(way.get(0));
                both.await();
                boolean kept = turn.extend(way.get(0), way.get(1));
                turn.end();
                return kept;
              }));
    }
    assertTrue(movers.get(0).get() ^ movers.get(1).get(), "one gave way, and only one");
  }

  @Test
  void aTurnThatHasAllAlreadyIsKept() throws Exception {
    Turns turns = new Turns(50);
    Turns.Turn turn = turns.take("a", "b", "c");
    assertTrue(turn.extend("b", "a", "c"));
    Turns.Turn inner = turns.take("b");
    inner.end();
    turn.end();
    turn.end();
    CountDownLatch taken = new CountDownLatch(1);
    var unused =
        crew.submit(
            () -> {
              turns.take("a", "b", "c").end();
              taken.countDown();
              return true;
            });
    assertTrue(taken.await(20, TimeUnit.SECONDS));
    assertFalse(turns.waiting("a") > 0);
  }
}
