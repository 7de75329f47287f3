package org.posthorn.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Operations that do the same on a machine that has other things to do: each takes a turn in every
 * round, and the CPU time of the thread counts.
 */
public final class Race {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = Integer.getInteger("rounds", 60);
  private static final long WARMUP = Integer.getInteger("warmup", 6) * 1_000_000_000L;
  private static final long TURN = 10_000_000L;

  private final String row;
  private final double units;
  private final double octets;
  private final List<Runner> runners = new ArrayList<>();
  private final Blackhole hole =
      new Blackhole(
          "Today's password is swordfish. I understand instantiating Blackholes directly is"
              + " dangerous.");

  /** What takes its turn; what it returns is used up. */
  public interface Operation {
    /** Once. */
    Object run() throws Throwable;
  }

  /** What takes its turn and uses up what it makes. */
  public interface Consumer {
    /** Once. */
    void run(Blackhole hole) throws Throwable;
  }

  private record Runner(String name, Consumer operation) {}

  /**
   * A race.
   *
   * @param units how many of what the row is about one operation does
   * @param octets that one operation reads
   */
  public Race(String row, double units, double octets) {
    this.row = row;
    this.units = units;
    this.octets = octets;
  }

  /** One more that takes turns; the first is the one that the others are compared with. */
  public Race with(String name, Operation operation) {
    runners.add(new Runner(name, hole -> hole.consume(operation.run())));
    return this;
  }

  /** One more that uses up by itself what it makes. */
  public Race with(String name, Consumer operation) {
    runners.add(new Runner(name, operation));
    return this;
  }

  /**
   * Runs and prints, for each: median and least time of all rounds and octets allocated, both for a
   * unit; octets allocated for each octet read; time in relation to that of the first.
   */
  public void run() throws Throwable {
    int[] repeats = new int[runners.size()];
    for (int i = 0; i < repeats.length; i++) {
      repeats[i] = warmUp(runners.get(i));
    }
    double[][] times = new double[repeats.length][ROUNDS];
    double[] allocated = new double[repeats.length];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < repeats.length; i++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long time = THREADS.getCurrentThreadCpuTime();
        for (int n = 0; n < repeats[i]; n++) {
          runners.get(i).operation().run(hole);
        }
        times[i][round] = (THREADS.getCurrentThreadCpuTime() - time) / (double) repeats[i];
        allocated[i] = (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) repeats[i];
      }
    }
    for (int i = 0; i < repeats.length; i++) {
      Arrays.sort(times[i]);
      System.out.printf(
          "%-22s %-14s median %12.1f least %12.1f ns %9.0f B %7.3f B/B %8.2f%n",
          row,
          runners.get(i).name(),
          times[i][ROUNDS / 2] / units,
          times[i][0] / units,
          allocated[i] / units,
          allocated[i] / octets,
          times[i][0] / times[0][0]);
    }
  }

  /** How often it is to run in one turn. */
  private int warmUp(Runner runner) throws Throwable {
    long runs = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARMUP) {
      runner.operation().run(hole);
      runs++;
    }
    return (int) Math.max(1, runs * TURN / (System.nanoTime() - start));
  }
}
