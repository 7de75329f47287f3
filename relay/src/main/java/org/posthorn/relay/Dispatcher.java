package org.posthorn.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/**
 * Looks for what is due and has it done: so many parts at a time, so many of them to one
 * destination.
 */
final class Dispatcher {
  private static final System.Logger LOG = System.getLogger(MailQueue.class.getName());
  private static final Duration LONGEST_NAP = Duration.ofMinutes(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final Queue queue;
  private final Clock clock;
  private final int connections;
  private final int perDestination;
  private final Consumer<Queue.Part> work;
  private final ExecutorService workers;
  private final Thread thread;

  // All below is guarded by this.
  private final Set<Queue.Part> inHand = new HashSet<>();
  private final Map<String, Integer> perDomain = new HashMap<>();
  private boolean changed;
  private boolean stopped;

  Dispatcher(
      Queue queue, Clock clock, int connections, int perDestination, Consumer<Queue.Part> work) {
    this.queue = queue;
    this.clock = clock;
    this.connections = connections;
    this.perDestination = perDestination;
    this.work = work;
    AtomicInteger number = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            connections, task -> daemon(task, "relay-" + number.incrementAndGet()));
    this.thread = daemon(this::run, "relay");
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    thread.start();
  }

  /** Something was put into the queue, or a place has become free. */
  synchronized void wake() {
    changed = true;
    notifyAll();
  }

  private void run() {
    while (true) {
      Duration nap;
      try {
        nap = dispatch();
      } catch (StoreException | RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "the outbound queue cannot be read", e);
        nap = AFTER_FAILURE;
      }
      if (!sleep(nap)) {
        return;
      }
    }
  }

  /** Hands out what is due; gives the time until something will be. */
  private Duration dispatch() throws StoreException {
    Instant now = clock.instant();
    int room;
    Set<String> busy = new HashSet<>();
    synchronized (this) {
      changed = false;
      room = connections - inHand.size();
      perDomain.forEach(
          (domain, count) -> {
            if (count >= perDestination) {
              busy.add(domain);
            }
          });
      if (room <= 0) {
        return LONGEST_NAP;
      }
    }
    // What is in hand may be among what is due.
    List<Queue.Part> due = queue.due(now, busy, 2 * connections);
    for (Queue.Part part : due) {
      if (!take(part)) {
        continue;
      }
      workers.execute(() -> work(part));
    }
    Optional<Instant> next = queue.nextAttempt();
    if (next.isEmpty()) {
      return LONGEST_NAP;
    }
    Duration wait = Duration.between(now, next.get());
    // What is due and was not handed out waits for a place, and whoever frees one wakes us.
    return wait.compareTo(LONGEST_NAP) > 0 || wait.isNegative() || wait.isZero()
        ? LONGEST_NAP
        : wait;
  }

  private synchronized boolean take(Queue.Part part) {
    int already = perDomain.getOrDefault(part.destination(), 0);
    if (stopped || inHand.size() >= connections || already >= perDestination || !inHand.add(part)) {
      return false;
    }
    perDomain.put(part.destination(), already + 1);
    return true;
  }

  private void work(Queue.Part part) {
    try {
      work.accept(part);
    } finally {
      synchronized (this) {
        inHand.remove(part);
        perDomain.merge(part.destination(), -1, Dispatcher::sumOrNothing);
        changed = true;
        notifyAll();
      }
    }
  }

  private static @Nullable Integer sumOrNothing(Integer a, Integer b) {
    return a + b == 0 ? null : a + b;
  }

  /** Until woken or the time is over; false when it is all over. */
  private synchronized boolean sleep(Duration nap) {
    long end = System.nanoTime() + nap.toNanos();
    try {
      while (!changed && !stopped) {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (millis <= 0) {
          return true;
        }
        wait(millis);
      }
    } catch (InterruptedException e) {
      return false;
    }
    return !stopped;
  }

  /** Waits for what is in hand, and starts nothing more. */
  void stop(Duration patience) {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    workers.shutdown();
    try {
      thread.join(patience.toMillis());
      if (!workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "attempts under way are given up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
