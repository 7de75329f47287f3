package org.posthorn.store.cassandra.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What each session has in the end, from what it was told alone, is the truth. */
final class ViewRule implements Rule {
  @Override
  public void check(Recorded history, Consumer<String> wrong) {
    for (Event.Truth truth : history.truths.values()) {
      Place.all(truth.mailbox(), truth.uids()).stream()
          .filter(place -> !history.messages.containsKey(place))
          .forEach(place -> wrong.accept("listed in the end and without a row: " + place));
    }
    Map<String, Map<Long, Event.Has>> views = new HashMap<>();
    for (Event.Has has : history.all(Event.Has.class)) {
      views.computeIfAbsent(has.session(), s -> new HashMap<>()).put(has.uid(), has);
    }
    for (Event.View view : history.all(Event.View.class)) {
      compare(history, view, views.getOrDefault(view.session(), Map.of()), wrong);
    }
  }

  private static void compare(
      Recorded history, Event.View view, Map<Long, Event.Has> own, Consumer<String> wrong) {
    if (own.size() != view.messages()) {
      wrong.accept("has " + own.size() + " different messages: " + view.line());
    }
    for (Event.Has has : own.values()) {
      Event.Message message = history.messages.get(new Place(has.mailbox(), has.uid()));
      if (message == null) {
        wrong.accept("in a view and not there: " + has.line());
      } else if (message.modSeq() != has.modSeq() || !message.flags().equals(has.flags())) {
        wrong.accept("in a view otherwise than it is: " + has.line() + ", truly " + message.line());
      }
    }
    history.messages.forEach(
        (place, message) -> {
          if (place.mailbox().equals(view.mailbox()) && !own.containsKey(place.uid())) {
            wrong.accept("not in the view of " + view.session() + ": " + message.line());
          }
        });
  }
}
