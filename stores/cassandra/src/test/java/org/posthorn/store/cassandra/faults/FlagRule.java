package org.posthorn.store.cassandra.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A keyword that one session alone sets and removes is in the end as that session had it last. */
final class FlagRule implements Rule {
  private record Owned(String session, String keyword, Place place) {}

  /** What may be the case now, and what a command without an answer may yet make of it. */
  private static final class Possible {
    private final Set<Boolean> now = new HashSet<>();
    private final Set<Boolean> late = new HashSet<>();
    private boolean known;
  }

  @Override
  public void check(Recorded history, Consumer<String> wrong) {
    Map<Owned, Possible> all = new HashMap<>();
    for (Event.Store store : history.all(Event.Store.class)) {
      boolean set = store.keyword().startsWith("+");
      for (Place place : Place.all(store.mailbox(), store.changed())) {
        Owned owned = new Owned(store.session(), store.keyword().substring(1), place);
        Possible possible = all.computeIfAbsent(owned, o -> new Possible());
        if (store.result() == Event.Result.OK) {
          possible.now.clear();
          possible.known = true;
        }
        possible.now.add(set);
        if (store.result() == Event.Result.UNKNOWN) {
          possible.late.add(set);
        }
      }
    }
    all.forEach(
        (owned, possible) -> {
          Event.Message message = history.messages.get(owned.place());
          if (message == null || !possible.known) {
            return;
          }
          boolean has = List.of(message.flags().split(",", -1)).contains(owned.keyword());
          if (!possible.now.contains(has) && !possible.late.contains(has)) {
            wrong.accept(
                (has ? "a keyword came back: " : "an acknowledged keyword is lost: ") + owned);
          }
        });
  }
}
