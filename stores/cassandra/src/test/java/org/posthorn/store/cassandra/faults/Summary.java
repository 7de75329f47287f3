package org.posthorn.store.cassandra.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a history measured: how commands fared and how long hints took, by fault. */
final class Summary {
  private static final String QUIET = "quiet";

  /** Of commands from whose start to whose end nothing fails. */
  private static final double LEAST_QUIET = 0.99;

  /** Of commands that begin while one of three nodes is down, silent, or coming back. */
  private static final double LEAST_WITH_A_FAULT = 0.9;

  /** Fewer commands tell nothing. */
  private static final int ENOUGH = 20;

  /** p99, from the acknowledgement at one server until a session at the other hears of it. */
  private static final long LONGEST_HINT_MICROS = 1_000_000;

  private static final class Row {
    private final Map<Event.Result, Integer> results = new EnumMap<>(Event.Result.class);
    private final List<Long> micros = new ArrayList<>();
    private final List<Long> hints = new ArrayList<>();

    int count(Event.Result result) {
      return results.getOrDefault(result, 0);
    }

    int done() {
      return count(Event.Result.OK);
    }

    /** A refusal for what was asked is an answer. */
    double answeredPart() {
      int unanswered = count(Event.Result.UNAVAILABLE) + count(Event.Result.UNKNOWN);
      int answered = done() + count(Event.Result.NO);
      return answered + unanswered == 0 ? 1 : (double) answered / (answered + unanswered);
    }
  }

  private final Map<String, Row> rows = new TreeMap<>();
  private final List<Event.Fault> faults;

  private Summary(List<Event.Fault> faults) {
    this.faults = faults;
  }

  static Summary of(List<Event> events) {
    Summary summary = new Summary(new Recorded(events).all(Event.Fault.class));
    for (Event event : events) {
      if (event instanceof Event.Change change) {
        Row row = summary.row(summary.during(change.start(), change.end()));
        row.results.merge(change.result(), 1, Integer::sum);
        row.micros.add(change.end() - change.start());
      } else if (event instanceof Event.Hint hint) {
        summary.row(hint.during()).hints.add(hint.micros());
      }
    }
    return summary;
  }

  /** What falls short of what is promised, a line each. */
  List<String> shortfalls() {
    List<String> missing = new ArrayList<>();
    rows.forEach(
        (during, row) -> {
          double least = during.equals(QUIET) ? LEAST_QUIET : LEAST_WITH_A_FAULT;
          if (row.micros.size() >= ENOUGH && row.answeredPart() < least) {
            missing.add(
                during + ": only " + row.answeredPart() + " of what was asked was answered");
          }
        });
    Row quiet = rows.get(QUIET);
    if (quiet == null || quiet.done() == 0) {
      missing.add("nothing was done while all was quiet");
    } else if (!quiet.hints.isEmpty() && part(quiet.hints, 0.99) > LONGEST_HINT_MICROS) {
      missing.add("p99 of hints while quiet: " + part(quiet.hints, 0.99) + " microseconds");
    }
    return missing;
  }

  private Row row(String during) {
    return rows.computeIfAbsent(during, d -> new Row());
  }

  /** What held at the start, or what struck first where that was nothing. */
  private String during(long start, long end) {
    String last = QUIET;
    for (Event.Fault fault : faults) {
      boolean before = fault.time() <= start;
      if (!before && (fault.time() > end || !last.equals(QUIET))) {
        break;
      }
      last = fault.what();
    }
    return last;
  }

  /** A table, a line for each kind of time. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-10s %7s %6s %11s %8s | changes: %9s %9s %9s | hints: %6s %9s %9s %9s%n",
            "during",
            "OK",
            "NO",
            "UNAVAILABLE",
            "unknown",
            "p50 ms",
            "p99 ms",
            "max ms",
            "n",
            "p50 ms",
            "p99 ms",
            "max ms"));
    rows.forEach(
        (during, row) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-10s %7d %6d %11d %8d |          %9s %9s %9s |        %6d %9s %9s %9s%n",
                    during,
                    row.done(),
                    row.count(Event.Result.NO),
                    row.count(Event.Result.UNAVAILABLE),
                    row.count(Event.Result.UNKNOWN),
                    millis(row.micros, 0.5),
                    millis(row.micros, 0.99),
                    millis(row.micros, 1),
                    row.hints.size(),
                    millis(row.hints, 0.5),
                    millis(row.hints, 0.99),
                    millis(row.hints, 1))));
    return text.toString();
  }

  private static String millis(List<Long> micros, double part) {
    return micros.isEmpty() ? "-" : Long.toString(Math.round(part(micros, part) / 1_000.0));
  }

  private static long part(List<Long> micros, double part) {
    List<Long> sorted = new ArrayList<>(micros);
    Collections.sort(sorted);
    int at = (int) Math.ceil(part * sorted.size()) - 1;
    return sorted.get(Math.max(0, at));
  }
}
