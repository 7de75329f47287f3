package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes one table of the figures of many runs: the median of all rounds for each peer. */
public final class Table {
  private static final String[] OURS = {"posthorn", "sqlite"};

  private Table() {}

  /**
   * Prints a Markdown table.
   *
   * @param args a file of lines: peer, scenario, what, measure, value, unit
   */
  public static void main(String[] args) throws IOException {
    Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();
    Set<String> peers = new LinkedHashSet<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] f = line.split("\t", -1);
      String row = f[2] + ", " + f[3] + (f[5].isEmpty() ? "" : " (" + f[5] + ")");
      peers.add(f[0]);
      rows.computeIfAbsent(row, key -> new LinkedHashMap<>())
          .computeIfAbsent(f[0], key -> new ArrayList<>())
          .add(Double.valueOf(f[4]));
    }
    print(rows, peers);
  }

  private static void print(Map<String, Map<String, List<Double>>> rows, Set<String> peers) {
    StringBuilder head = new StringBuilder("| what |");
    StringBuilder rule = new StringBuilder("|---|");
    for (String peer : peers) {
      head.append(' ').append(peer).append(" |");
      rule.append("---|");
    }
    System.out.println(head.append(" ours to floor | ours to dovecot |"));
    System.out.println(rule.append("---|---|"));
    rows.forEach(
        (row, figures) -> {
          StringBuilder line = new StringBuilder("| " + row + " |");
          for (String peer : peers) {
            line.append(' ').append(text(median(figures.get(peer)))).append(" |");
          }
          line.append(ratios(figures, "floor")).append(ratios(figures, "dovecot"));
          System.out.println(line);
        });
  }

  /** Of the memory store and of SQLite. */
  private static String ratios(Map<String, List<Double>> figures, String other) {
    List<String> ratios = new ArrayList<>();
    for (String our : OURS) {
      double ratio = median(figures.get(our)) / median(figures.get(other));
      if (Double.isFinite(ratio)) {
        ratios.add(String.format(Locale.ROOT, "%.2f", ratio));
      }
    }
    return ' ' + String.join(" / ", ratios) + " |";
  }

  private static double median(@Nullable List<Double> values) {
    if (values == null) {
      return Double.NaN;
    }
    Collections.sort(values);
    return values.get(values.size() / 2);
  }

  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
