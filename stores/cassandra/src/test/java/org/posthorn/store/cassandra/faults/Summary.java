package org.posthorn.store.cassandra.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a history measured: how commands fared and how long hints took, by fault. */
final class Summary {
  private static final class Row {
    private final int[] results = new int[Event.Result.values().length];
    private final List<Long> micros = new ArrayList<>();
    private final List<Long> hints = new ArrayList<>();
  }

  private final Map<String, Row> rows = new TreeMap<>();
  private final List<Event.Fault> faults;

  private Summary(List<Event.Fault> faults) {
    this.faults = faults;
  }

  static String of(List<Event> events) {
    Summary summary = new Summary(new Recorded(events).all(Event.Fault.class));
    for (Event event : events) {
      if (event instanceof Event.Change change) {
        Row row = summary.row(summary.during(change.end()));
        row.results[change.result().ordinal()]++;
        row.micros.add(change.end() - change.start());
      } else if (event instanceof Event.Hint hint) {
        summary.row(hint.during()).hints.add(hint.micros());
      }
    }
    return summary.text();
  }

  private Row row(String during) {
    return rows.computeIfAbsent(during, d -> new Row());
  }

  private String during(long time) {
    String last = "quiet";
    for (Event.Fault fault : faults) {
      if (fault.time() > time) {
        break;
      }
      last = fault.what();
    }
    return last;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-10s %7s %6s %8s | changes: %9s %9s %9s | hints: %6s %9s %9s %9s%n",
            "during", "OK", "NO", "unknown", "p50 ms", "p99 ms", "max ms", "n", "p50 ms", "p99 ms",
            "max ms"));
    rows.forEach(
        (during, row) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-10s %7d %6d %8d |          %9s %9s %9s |        %6d %9s %9s %9s%n",
                    during,
                    row.results[0],
                    row.results[1],
                    row.results[2],
                    part(row.micros, 0.5),
                    part(row.micros, 0.99),
                    part(row.micros, 1),
                    row.hints.size(),
                    part(row.hints, 0.5),
                    part(row.hints, 0.99),
                    part(row.hints, 1))));
    return text.toString();
  }

  private static String part(List<Long> micros, double part) {
    if (micros.isEmpty()) {
      return "-";
    }
    List<Long> sorted = new ArrayList<>(micros);
    Collections.sort(sorted);
    int at = (int) Math.ceil(part * sorted.size()) - 1;
    return Long.toString(Math.round(sorted.get(Math.max(0, at)) / 1_000.0));
  }
}
