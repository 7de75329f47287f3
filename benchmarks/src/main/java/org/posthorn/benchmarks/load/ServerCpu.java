package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A stop watch of a server's processor time. The scheduler's nanoseconds count while the threads
 * are the same at both ends; else the clock ticks (10 ms) of processes and of their ended children.
 */
final class ServerCpu {
  private static final double NANOS_PER_TICK = 10_000_000;

  private final Processes processes;
  private final boolean known;
  private long ticks;
  private Map<Path, Long> threads = Map.of();
  private double sum;

  /**
   * @param pid root of the processes, 0 for none
   */
  ServerCpu(long pid) {
    this.processes = new Processes(pid);
    this.known = pid != 0;
  }

  boolean known() {
    return known;
  }

  /** Forgets what was added up. */
  void reset() {
    sum = 0;
  }

  void start() throws IOException {
    if (known) {
      threads = processes.threadNanos();
      ticks = processes.ticks();
    }
  }

  /** Adds what was used since the start to the sum. */
  void stop() throws IOException {
    if (!known) {
      return;
    }
    long ticked = processes.ticks() - ticks;
    Map<Path, Long> now = processes.threadNanos();
    sum +=
        now.keySet().equals(threads.keySet())
            ? total(now) - total(threads)
            : ticked * NANOS_PER_TICK;
  }

  private static double total(Map<Path, Long> nanos) {
    double total = 0;
    for (long one : nanos.values()) {
      total += one;
    }
    return total;
  }

  /** Microseconds. */
  double micros() {
    return sum / 1000;
  }
}
