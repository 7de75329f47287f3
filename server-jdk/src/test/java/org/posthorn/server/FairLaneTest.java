package org.posthorn.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FairLaneTest {
  /** Threads that begin when they are told to. */
  private final ArrayDeque<Runnable> threads = new ArrayDeque<>();

  private final List<String> done = new ArrayList<>();

  private FairLane lane(LaneLimits limits) {
    return new FairLane(limits, threads::add);
  }

  private Runnable task(String name) {
    return () -> done.add(name);
  }

  private void runThreads() {
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
  }

  @Test
  void goesRoundAmongThoseWhoWait() {
    FairLane lane = lane(new LaneLimits(1, 100, 1, 100));
    for (int i = 0; i < 3; i++) {
      assertTrue(lane.offer("a", task("a" + i)));
    }
    assertTrue(lane.offer("b", task("b0")));
    assertTrue(lane.offer("c", task("c0")));
    runThreads();
    assertEquals(List.of("a0", "b0", "c0", "a1", "a2"), done);
  }

  @Test
  void runsNoMoreThanItsSize() {
    FairLane lane = lane(new LaneLimits(2, 100, 2, 100));
    for (int i = 0; i < 10; i++) {
      lane.offer("k" + i, task("t"));
    }
    assertEquals(2, threads.size());
    runThreads();
    assertEquals(10, done.size());
  }

  @Test
  void keepsAnAccountToItsShare() {
    FairLane lane = lane(new LaneLimits(3, 100, 1, 100));
    lane.offer("a", task("a0"));
    lane.offer("a", task("a1"));
    assertEquals(1, threads.size());
    lane.offer("b", task("b0"));
    assertEquals(2, threads.size());
    runThreads();
    assertEquals(List.of("a0", "b0", "a1"), done);
  }

  @Test
  void runsOneAccountsTasksSideBySide() throws InterruptedException {
    FairLane lane = new FairLane(LaneLimits.of(8, 100), task -> new Thread(task).start());
    CountDownLatch allRun = new CountDownLatch(4);
    AtomicInteger met = new AtomicInteger();
    for (int i = 0; i < 4; i++) {
      lane.offer(
          "a",
          () -> {
            allRun.countDown();
            try {
              if (allRun.await(10, TimeUnit.SECONDS)) {
                met.incrementAndGet();
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    assertTrue(lane.close(TimeUnit.SECONDS.toNanos(20)));
    assertEquals(4, met.get());
  }

  @Test
  void refusesWhatDoesNotFit() {
    FairLane lane = lane(new LaneLimits(1, 2, 1, 1));
    assertTrue(lane.offer("a", task("runs")));
    assertTrue(lane.offer("b", task("waits")));
    assertFalse(lane.offer("b", task("beyond b's share of the queue")));
    assertFalse(lane.offer("c", task("beyond the queue")));
    lane.admit("c", task("goes on"));
    runThreads();
    assertEquals(List.of("runs", "waits", "goes on"), done);
  }

  @Test
  void survivesATaskThatThrows() {
    FairLane lane = lane(new LaneLimits(1, 2, 1, 1));
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    List<Throwable> reported = new ArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
    try {
      lane.offer(
          "a",
          () -> {
            throw new IllegalStateException("asked to");
          });
      lane.offer("b", task("next"));
      runThreads();
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
    assertEquals(List.of("next"), done);
    assertEquals(1, reported.size());
  }

  @Test
  void waitsForWhatRunsWhenClosing() throws InterruptedException {
    FairLane lane = new FairLane(LaneLimits.of(2, 10), task -> new Thread(task).start());
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    lane.offer(
        "a",
        () -> {
          try {
            assertTrue(mayEnd.await(10, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          ended.incrementAndGet();
        });
    assertFalse(lane.close(TimeUnit.MILLISECONDS.toNanos(20)));
    mayEnd.countDown();
    assertTrue(lane.close(TimeUnit.SECONDS.toNanos(10)));
    assertEquals(1, ended.get());
    assertFalse(lane.offer("a", task("too late")));
    lane.admit("a", task("here and now"));
    assertEquals(List.of("here and now"), done);
  }

  @Test
  void holdsItsBoundsUnderRealThreads() throws InterruptedException {
    FairLane lane =
        new FairLane(new LaneLimits(4, 1_000_000, 2, 1_000_000), task -> new Thread(task).start());
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger total = new AtomicInteger();
    List<Thread> clients = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      String key = "k" + c;
      Thread client =
          new Thread(
              () -> {
                for (int i = 0; i < 5000; i++) {
                  lane.offer(
                      key,
                      () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        total.incrementAndGet();
                        running.decrementAndGet();
                      });
                }
              });
      clients.add(client);
      client.start();
    }
    for (Thread client : clients) {
      client.join();
    }
    assertTrue(lane.close(TimeUnit.SECONDS.toNanos(20)));
    assertEquals(20_000, total.get());
    assertTrue(most.get() <= 4);
  }
}
