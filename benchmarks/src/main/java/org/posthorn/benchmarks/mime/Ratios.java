package org.posthorn.benchmarks.mime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The MIME benchmarks beside their peers on a machine that has other things to do: each takes a
 * turn in every round, and the CPU time of the thread counts. Prints the median and the least time
 * of all rounds, octets allocated for each octet of the messages, and what the peer takes in
 * relation to the first line's least time.
 *
 * <p>Arguments: names of rows ({@code structure-ordinary}, {@code decode-headers}, {@code base64},
 * {@code quoted-printable} …), else all; each is best run in a JVM of its own. {@code -Drounds=}
 * and {@code -Dwarmup=} (seconds for each operation) have defaults of 100 and 8.
 */
public final class Ratios {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = Integer.getInteger("rounds", 100);
  private static final long WARMUP = Integer.getInteger("warmup", 8) * 1_000_000_000L;
  private static final long TURN = 10_000_000L;

  private final Blackhole hole =
      new Blackhole(
          "Today's password is swordfish. I understand instantiating Blackholes directly is"
              + " dangerous.");

  private Ratios() {}

  /** One of those that take turns. */
  private record Runner(String name, Operation operation) {}

  private interface Operation {
    void run() throws Exception;
  }

  /** Runs and prints. */
  public static void main(String[] arguments) throws Exception {
    Set<String> wanted = Set.of(arguments);
    Ratios ratios = new Ratios();
    Predicate<String> chosen = row -> wanted.isEmpty() || wanted.contains(row);
    for (String set : List.of("ordinary", "big", "parts", "header", "deep60", "deep120")) {
      if (chosen.test("structure-" + set)) {
        ratios.structure(set);
      }
    }
    for (String set : List.of("ordinary", "headers", "big")) {
      if (chosen.test("decode-" + set)) {
        ratios.decode(set);
      }
    }
    if (chosen.test("base64")) {
      ratios.base64();
    }
    if (chosen.test("quoted-printable")) {
      ratios.quotedPrintable();
    }
  }

  private void structure(String set) throws Exception {
    StructureBenchmark structure = new StructureBenchmark();
    structure.set = set;
    structure.make();
    measure(
        "structure-" + set,
        size(Mails.set(set)),
        new Runner("posthorn", () -> structure.posthorn(hole)),
        new Runner("mime4j raw", () -> structure.mime4jRaw(hole)),
        new Runner("floor", () -> hole.consume(structure.floor())));
  }

  private void decode(String set) throws Exception {
    DecodeBenchmark decode = new DecodeBenchmark();
    decode.set = set;
    decode.make();
    measure(
        "decode-" + set,
        size(Mails.set(set)),
        new Runner("posthorn", () -> decode.posthorn(hole)),
        new Runner("mime4j DOM", () -> decode.mime4jDom(hole)),
        new Runner("Angus Mail", () -> decode.angus(hole)));
  }

  private void base64() throws Exception {
    CodecBenchmark codec = new CodecBenchmark();
    codec.make();
    measure(
        "base64",
        Mails.base64(1 << 20).length,
        new Runner("posthorn", () -> hole.consume(codec.base64DecodePosthorn())),
        new Runner("JDK", () -> hole.consume(codec.base64DecodeJdk())),
        new Runner("mime4j", () -> hole.consume(codec.base64DecodeMime4j())));
  }

  private void quotedPrintable() throws Exception {
    CodecBenchmark codec = new CodecBenchmark();
    codec.make();
    measure(
        "quoted-printable",
        1 << 20,
        new Runner("posthorn", () -> hole.consume(codec.quotedPrintableDecodePosthorn())),
        new Runner("commons-codec", () -> hole.consume(codec.quotedPrintableDecodeCommons())),
        new Runner("mime4j", () -> hole.consume(codec.quotedPrintableDecodeMime4j())));
  }

  private static double size(byte[][] mails) {
    double size = 0;
    for (byte[] mail : mails) {
      size += mail.length;
    }
    return size;
  }

  private static void measure(String row, double size, Runner... runners) throws Exception {
    List<Integer> repeats = new ArrayList<>();
    for (Runner runner : runners) {
      long runs = 0;
      long start = System.nanoTime();
      while (System.nanoTime() - start < WARMUP) {
        runner.operation().run();
        runs++;
      }
      repeats.add((int) Math.max(1, runs * TURN / (System.nanoTime() - start)));
    }
    double[][] times = new double[runners.length][ROUNDS];
    double[] allocated = new double[runners.length];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < runners.length; i++) {
        long octets = THREADS.getCurrentThreadAllocatedBytes();
        long time = THREADS.getCurrentThreadCpuTime();
        for (int n = 0; n < repeats.get(i); n++) {
          runners[i].operation().run();
        }
        times[i][round] = (THREADS.getCurrentThreadCpuTime() - time) / (double) repeats.get(i);
        allocated[i] =
            (THREADS.getCurrentThreadAllocatedBytes() - octets) / (double) repeats.get(i);
      }
    }
    for (int i = 0; i < runners.length; i++) {
      Arrays.sort(times[i]);
      System.out.printf(
          "%-20s %-14s median %10.1f least %10.1f us %8.3f B/B %6.2f%n",
          row,
          runners[i].name(),
          times[i][ROUNDS / 2] / 1e3,
          times[i][0] / 1e3,
          allocated[i] / size,
          times[i][0] / times[0][0]);
    }
  }
}
