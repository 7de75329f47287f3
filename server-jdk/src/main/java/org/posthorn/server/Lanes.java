package org.posthorn.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Lane;

/**
 * Where calls run that are not {@link Lane#INLINE}. Threads come when there is work and go when
 * there is none.
 */
final class Lanes {
  /** Where calls wait: in native code they would keep the few threads that carry virtual ones. */
  enum Blocking {
    IN_JAVA,
    IN_NATIVE_CODE
  }

  private final ServerLimits limits;
  private final Blocking blocking;

  // Made for the first call: a server whose store answers at once needs none.
  private volatile @Nullable Open open;

  /**
   * Lanes for a server.
   *
   * @param blocking what {@link Lane#BLOCKING} may run on
   */
  Lanes(ServerLimits limits, Blocking blocking) {
    this.limits = limits;
    this.blocking = blocking;
  }

  FairLane lane(Lane which) {
    Open known = open;
    FairLane lane = (known == null ? open() : known).lanes.get(which);
    if (lane == null) {
      throw new IllegalArgumentException(which + " has no threads of its own");
    }
    return lane;
  }

  private synchronized Open open() {
    Open known = open;
    if (known == null) {
      known = new Open(limits, blocking);
      open = known;
    }
    return known;
  }

  /** Closes every lane, see {@link FairLane#close}. */
  void close(long nanos) throws InterruptedException {
    open().close(nanos);
  }

  private static final class Open implements ThreadFactory {
    private static final long IDLE_SECONDS = 10;

    final Map<Lane, FairLane> lanes = new EnumMap<>(Lane.class);
    private final AtomicInteger threadCount = new AtomicInteger();
    private final ThreadPoolExecutor pool;

    Open(ServerLimits limits, Blocking blocking) {
      pool =
          new ThreadPoolExecutor(
              0,
              Integer.MAX_VALUE, // each lane bounds its own
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new SynchronousQueue<>(),
              this);
      Executor blockingThreads =
          blocking == Blocking.IN_JAVA ? VirtualThreads.perTask().orElse(pool) : pool;
      lanes.put(Lane.BLOCKING, new FairLane(limits.blocking(), blockingThreads));
      lanes.put(Lane.NATIVE, new FairLane(limits.nativeCode(), pool));
      lanes.put(Lane.CPU, new FairLane(limits.cpu(), pool));
    }

    @Override
    public Thread newThread(Runnable task) {
      Thread thread = new Thread(task, "posthorn-lane-" + threadCount.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    }

    void close(long nanos) throws InterruptedException {
      long end = System.nanoTime() + nanos;
      for (FairLane lane : lanes.values()) {
        lane.close(end - System.nanoTime());
      }
      pool.shutdown();
    }
  }
}
