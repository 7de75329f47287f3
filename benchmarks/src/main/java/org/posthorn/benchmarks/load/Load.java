package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs one scenario against a server by its address and prints each figure as a line of scenario,
 * what, measure, value, unit, separated by tabs. CPU is that of the process given and all its
 * descendants.
 *
 * <pre>
 * java -cp benchmarks.jar org.posthorn.benchmarks.load.Load --scenario noop --port 1143 --pid 4711
 * </pre>
 */
public final class Load {
  private static final Map<String, Scenario> SCENARIOS = new TreeMap<>();

  static {
    SCENARIOS.put("noop", new Noops());
    SCENARIOS.put("login", new Logins());
    SCENARIOS.put("pop3-session", new Pop3Sessions());
    SCENARIOS.put("fetch", new Fetches());
    SCENARIOS.put("append", new Appends());
    SCENARIOS.put("store-search", new StoresAndSearches());
    SCENARIOS.put("move", new Moves());
    SCENARIOS.put("growth", new Growth());
    SCENARIOS.put("smtp", new SmtpMessages());
    SCENARIOS.put("idle", new IdleNotices());
    SCENARIOS.put("stall", new Stalls());
    SCENARIOS.put("pop3", new Pop3Lists());
    SCENARIOS.put("soak", new Soak());
  }

  private Load() {}

  /** What {@code --scenario} may name. */
  static Set<String> scenarios() {
    return SCENARIOS.keySet();
  }

  /**
   * Runs what {@code --scenario} names; the other options are those of {@link Settings}.
   *
   * @param args options
   */
  public static void main(String[] args) throws IOException {
    run(args, System.out);
  }

  /** As main, the figures going elsewhere. */
  static void run(String[] args, PrintStream out) throws IOException {
    Settings settings = Settings.of(args);
    Scenario scenario = SCENARIOS.get(settings.scenario());
    if (scenario == null) {
      throw new IllegalArgumentException("scenarios: " + String.join(" ", SCENARIOS.keySet()));
    }
    scenario.run(settings, new Report(settings, out));
  }
}
