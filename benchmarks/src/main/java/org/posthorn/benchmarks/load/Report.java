package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** Repeats what is measured and prints the figures. */
final class Report {
  private final Settings settings;
  private final PrintStream out;
  private final ServerCpu cpu;

  Report(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
    this.cpu = new ServerCpu(settings.pid());
  }

  /** One thing that is done, again and again. */
  interface Step {
    void run() throws IOException;
  }

  ServerCpu cpu() {
    return cpu;
  }

  /** Prints one figure. */
  void figure(String what, String measure, double value, String unit) {
    out.printf(
        Locale.ROOT, "%s\t%s\t%s\t%.3f\t%s%n", settings.scenario(), what, measure, value, unit);
  }

  /** Prints times of single steps. */
  void times(String what, Histogram times) {
    figure(what, "median", times.micros(0.5), "µs");
    figure(what, "p99", times.micros(0.99), "µs");
  }

  /**
   * Repeats a step, at first untold.
   *
   * @param units how many things a step does; the CPU told is that of one
   */
  void repeat(String what, int units, Step step) throws IOException {
    until(settings.warmup(), new Histogram(), step);
    Histogram times = new Histogram();
    cpu.reset();
    cpu.start();
    until(settings.seconds(), times, step);
    cpu.stop();
    cpu(what, units * times.count());
    times(what, times);
  }

  /**
   * Repeats a round: what prepares it is told neither in CPU nor in time, what follows is a number
   * of single steps. So few readings of the server's CPU come between them.
   *
   * @param steps how many a round has
   */
  void rounds(String what, int steps, Step step, Step prepare) throws IOException {
    Histogram untold = new Histogram();
    until(
        settings.warmup(),
        untold,
        () -> {
          prepare.run();
          times(steps, untold, step);
        });
    Histogram times = new Histogram();
    cpu.reset();
    until(
        settings.seconds(),
        untold,
        () -> {
          prepare.run();
          cpu.start();
          times(steps, times, step);
          cpu.stop();
        });
    cpu(what, times.count());
    times(what, times);
  }

  private static void times(int steps, Histogram times, Step step) throws IOException {
    for (int i = 0; i < steps; i++) {
      long start = System.nanoTime();
      step.run();
      times.add(System.nanoTime() - start);
    }
  }

  /** Repeats a step; what prepares it for another time is told neither in CPU nor in time. */
  void repeat(String what, int units, Step step, Step prepare) throws IOException {
    Histogram untold = new Histogram();
    until(
        settings.warmup(),
        untold,
        () -> {
          prepare.run();
          step.run();
        });
    Histogram times = new Histogram();
    cpu.reset();
    until(
        settings.seconds(),
        untold,
        () -> {
          prepare.run();
          cpu.start();
          long start = System.nanoTime();
          step.run();
          times.add(System.nanoTime() - start);
          cpu.stop();
        });
    cpu(what, units * times.count());
    times(what, times);
  }

  private static void until(double seconds, Histogram times, Step step) throws IOException {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    do {
      times(1, times, step);
    } while (System.nanoTime() < end);
  }

  /** Prints the CPU added up, for each of what was done. */
  void cpu(String what, long units) {
    if (cpu.known()) {
      figure(what, "cpu", cpu.micros() / units, "µs");
    }
  }
}
