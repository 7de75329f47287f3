package org.posthorn.server.jdk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One thread with a selector, timers and tasks. */
final class SelectorLoop implements Executor, Runnable, Consumer<SelectionKey> {
  /** What one read takes at most. */
  static final int READ_SIZE = 16 * 1024;

  private static final int TLS_SIZE = 48 * 1024;

  /** Asked for when there is something to say: to find a logger takes longer than to start. */
  private static final String LOG = "org.posthorn.server";

  /** What a selection key is attached to. */
  interface Ready {
    void ready(SelectionKey key);

    /** The loop ends. */
    void end();
  }

  /** A task that is due; to run the timer itself is to cancel it, once or more often. */
  private final class Timer implements Runnable, Comparable<Timer> {
    final Runnable task;
    final long when;
    boolean cancelled;

    Timer(Runnable task, long when) {
      this.task = task;
      this.when = when;
    }

    @Override
    public int compareTo(Timer other) {
      return Long.compare(when, other.when);
    }

    @Override
    public void run() {
      if (!cancelled) {
        cancelled = true;
        if (++cancelledTimers > timers.size() / 2) {
          timers.removeIf(t -> t.cancelled);
          cancelledTimers = 0;
        }
      }
    }
  }

  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private int cancelledTimers;
  private volatile boolean ended;

  /** For reads; its content is worth nothing after the task that filled it. */
  final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_SIZE);

  /** For decryption, and for encryption: as worthless afterwards; larger than any TLS record. */
  final ByteBuffer plainBuffer = ByteBuffer.allocate(TLS_SIZE);

  final ByteBuffer recordBuffer = ByteBuffer.allocate(TLS_SIZE);

  SelectorLoop(String name) throws IOException {
    selector = Selector.open();
    thread = new Thread(this, name);
  }

  void start() {
    thread.start();
  }

  Selector selector() {
    return selector;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (Thread.currentThread() != thread && woken.compareAndSet(false, true)) {
      selector.wakeup();
    }
  }

  /**
   * Any thread; waits until the selector has let go of channels closed before; not at all on this
   * one.
   */
  void awaitSelect() {
    if (Thread.currentThread() == thread || !thread.isAlive()) {
      return;
    }
    CountDownLatch selected = new CountDownLatch(1);
    // the first task may run in the turn whose select is over already, the second cannot
    execute(() -> execute(selected::countDown));
    try {
      if (!selected.await(10, TimeUnit.SECONDS)) {
        System.getLogger(LOG).log(System.Logger.Level.WARNING, "selector does not turn");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** On this thread only. */
  Runnable schedule(Runnable task, long delayNanos) {
    Timer timer = new Timer(task, System.nanoTime() + delayNanos);
    timers.add(timer);
    return timer;
  }

  /** Any thread; waits for the end unless called on this one. */
  void stop() {
    ended = true;
    selector.wakeup();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the thread does. */
  @Override
  public void run() {
    try {
      while (!ended) {
        turn();
      }
      for (SelectionKey key : selector.keys()) {
        guarded(((Ready) key.attachment())::end);
      }
      runTasks();
      selector.close();
    } catch (IOException e) {
      System.getLogger(LOG).log(System.Logger.Level.ERROR, "selector failed", e);
    }
  }

  private void turn() throws IOException {
    long wait = tasks.isEmpty() ? nanosToTimer() : 0;
    if (wait == 0) {
      selector.selectNow(this);
    } else {
      // rounded up: a timer must not ring early
      selector.select(this, wait < 0 ? 0 : wait / 1_000_000 + 1);
    }
    woken.set(false);
    runTimers();
    runTasks();
  }

  /** -1 without timers. */
  private long nanosToTimer() {
    Timer first = timers.peek();
    return first == null ? -1 : Math.max(0, first.when - System.nanoTime());
  }

  private void runTimers() {
    long now = System.nanoTime();
    for (Timer first = timers.peek();
        first != null && first.when - now <= 0;
        first = timers.peek()) {
      timers.remove();
      if (first.cancelled) {
        cancelledTimers--;
      } else {
        first.cancelled = true;
        guarded(first.task);
      }
    }
  }

  /** What tasks add waits for the next turn, so that sockets get theirs. */
  private void runTasks() {
    for (int left = tasks.size(); left > 0; left--) {
      Runnable task = tasks.poll();
      if (task == null) {
        return;
      }
      guarded(task);
    }
  }

  /** A key that the selector found ready. */
  @Override
  public void accept(SelectionKey key) {
    try {
      ((Ready) key.attachment()).ready(key);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  /** The loop is shared by many: no failure of one may end it. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  private static void failed(Throwable e) {
    System.getLogger(LOG).log(System.Logger.Level.ERROR, "task failed", e);
  }
}
