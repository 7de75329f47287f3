package org.posthorn.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static final long IDLE_SECONDS = 10;

  private final Map<Lane, FairLane> lanes = new EnumMap<>(Lane.class);
  private final ThreadPoolExecutor pool;

  /**
   * Lanes for a server.
   *
   * @param blocking what {@link Lane#BLOCKING} may run on
   */
  Lanes(ServerLimits limits, Blocking blocking) {
    AtomicInteger count = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // each lane bounds its own
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> daemon(task, count.incrementAndGet()));
    Executor threads = blocking == Blocking.IN_JAVA ? VirtualThreads.perTask().orElse(pool) : pool;
    lanes.put(Lane.BLOCKING, new FairLane(limits.blocking(), threads));
    lanes.put(Lane.NATIVE, new FairLane(limits.nativeCode(), pool));
    lanes.put(Lane.CPU, new FairLane(limits.cpu(), pool));
  }

  private static Thread daemon(Runnable task, int number) {
    Thread thread = new Thread(task, "posthorn-lane-" + number);
    thread.setDaemon(true);
    return thread;
  }

  FairLane lane(Lane which) {
    FairLane lane = lanes.get(which);
    if (lane == null) {
      throw new IllegalArgumentException(which + " has no threads of its own");
    }
    return lane;
  }

  /** Closes every lane, see {@link FairLane#close}. */
  void close(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    for (FairLane lane : lanes.values()) {
      lane.close(end - System.nanoTime());
    }
    pool.shutdown();
  }
}
