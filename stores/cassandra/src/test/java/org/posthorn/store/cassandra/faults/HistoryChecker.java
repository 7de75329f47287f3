package org.posthorn.store.cassandra.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Judges the history of a load and the truth at its end. */
public final class HistoryChecker {
  private static final int SHOWN = 50;

  private static final List<Rule> RULES =
      List.of(
          new LossRule(),
          new FlagRule(),
          new UidRule(),
          new OrderRule(),
          new RecencyRule(),
          new ViewRule());

  private HistoryChecker() {}

  /** What is wrong, a line each. */
  static List<String> check(List<Event> events) {
    List<String> wrong = new ArrayList<>();
    Recorded history = new Recorded(events);
    if (history.truths.isEmpty() || history.all(Event.View.class).isEmpty()) {
      wrong.add("the history has no end");
    }
    for (Rule rule : RULES) {
      rule.check(history, line -> wrong.add(rule.getClass().getSimpleName() + ": " + line));
    }
    return wrong;
  }

  static List<Event> read(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          events.add(Event.parse(line));
        }
      }
    }
    return events;
  }

  /** The arguments are files; ends with 1 where one of them is wrong. */
  public static void main(String[] files) throws IOException {
    boolean good = true;
    for (String file : files) {
      List<Event> events = read(Path.of(file));
      System.out.print(Summary.of(events).text());
      List<String> wrong = check(events);
      wrong.stream().limit(SHOWN).forEach(System.out::println);
      System.out.println(file + ": " + events.size() + " lines, " + wrong.size() + " wrong");
      good &= wrong.isEmpty();
    }
    System.exit(good ? 0 : 1);
  }
}
