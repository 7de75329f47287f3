package org.posthorn.store.cassandra.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What was acknowledged is in the truth, message by message, and nothing is there too often. */
final class LossRule implements Rule {
  @Override
  public void check(Recorded history, Consumer<String> wrong) {
    arrivals(history, wrong);
    removals(history, wrong);
    counts(history, wrong);
    for (Event.Message message : history.messages.values()) {
      if (!message.octets().equals("good")) {
        wrong.accept("octets are not those that were sent: " + message.line());
      }
    }
  }

  private static void arrivals(Recorded history, Consumer<String> wrong) {
    history
        .arrivals()
        .forEach(
            (place, change) -> {
              if (!history.messages.containsKey(place) && !history.removals.containsKey(place)) {
                wrong.accept("acknowledged and lost: " + place + " of " + change.line());
              }
            });
  }

  private static void removals(Recorded history, Consumer<String> wrong) {
    for (Place place : history.acknowledgedRemovals()) {
      if (history.messages.containsKey(place)) {
        wrong.accept("acknowledged to be gone and still there: " + place);
      }
    }
    for (Event.Transfer transfer : history.all(Event.Transfer.class)) {
      if (transfer.result() == Event.Result.OK) {
        for (Place place : Place.all(transfer.from(), transfer.asked().minus(transfer.sources()))) {
          if (history.messages.containsKey(place)) {
            wrong.accept("said not to be there but is: " + place + " of " + transfer.line());
          }
        }
      }
    }
  }

  /** How often a message may be there, and how often it has to be. */
  private static final class Bounds {
    private long least;
    private long most;
    private long there;
  }

  private static void counts(Recorded history, Consumer<String> wrong) {
    Map<Long, Bounds> all = new HashMap<>();
    for (Event.Append append : history.all(Event.Append.class)) {
      Bounds bounds = all.computeIfAbsent(append.message(), m -> new Bounds());
      bounds.least += append.result() == Event.Result.OK ? 1 : 0;
      bounds.most++;
    }
    for (Event.Transfer transfer : history.all(Event.Transfer.class)) {
      if (transfer.verb().equals("copy")) {
        copies(history, transfer, all);
      }
    }
    history.removals.forEach(
        (place, changes) -> {
          Bounds bounds = bounds(history, all, place);
          if (changes.stream().anyMatch(Event.Expunge.class::isInstance)) {
            bounds.least--;
            boolean surely =
                changes.stream()
                    .allMatch(
                        change ->
                            change instanceof Event.Expunge && change.result() == Event.Result.OK);
            bounds.most -= surely ? 1 : 0;
          }
        });
    history.messages.keySet().forEach(place -> bounds(history, all, place).there++);
    // What nobody ever saw cannot be counted.
    all.remove(0L);
    all.forEach(
        (message, bounds) -> {
          if (bounds.there < bounds.least || bounds.there > bounds.most) {
            wrong.accept(
                "message "
                    + message
                    + " is there "
                    + bounds.there
                    + " times, due are "
                    + bounds.least
                    + " to "
                    + bounds.most);
          }
        });
  }

  private static Bounds bounds(Recorded history, Map<Long, Bounds> all, Place place) {
    return all.computeIfAbsent(history.numbers.getOrDefault(place, 0L), m -> new Bounds());
  }

  private static void copies(Recorded history, Event.Transfer copy, Map<Long, Bounds> all) {
    boolean acknowledged = copy.result() == Event.Result.OK;
    for (Place place : Place.all(copy.from(), acknowledged ? copy.sources() : copy.asked())) {
      Bounds bounds = bounds(history, all, place);
      bounds.most++;
      bounds.least += acknowledged ? 1 : 0;
    }
  }
}
