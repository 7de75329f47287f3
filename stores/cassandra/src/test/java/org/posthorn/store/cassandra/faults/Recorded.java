package org.posthorn.store.cassandra.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A history by kind, with what can be read off it. */
final class Recorded {
  final List<Event> events;
  final Map<String, Event.Truth> truths = new LinkedHashMap<>();
  final Map<Place, Event.Message> messages = new LinkedHashMap<>();

  /** Which message a place has, by whoever said so first. */
  final Map<Place, Long> numbers = new HashMap<>();

  /** Places that somebody wanted to take a message away from. */
  final Map<Place, List<Event.Change>> removals = new HashMap<>();

  Recorded(List<Event> events) {
    this.events = List.copyOf(events);
    for (Event event : events) {
      if (event instanceof Event.Truth truth) {
        truths.put(truth.mailbox(), truth);
      } else if (event instanceof Event.Message message) {
        messages.put(new Place(message.mailbox(), message.uid()), message);
      } else if (event instanceof Event.Expunge expunge) {
        Place.all(expunge.mailbox(), expunge.asked()).forEach(place -> removal(place, expunge));
      } else if (event instanceof Event.Transfer transfer && transfer.verb().equals("move")) {
        Place.all(transfer.from(), transfer.asked()).forEach(place -> removal(place, transfer));
      }
    }
    number();
  }

  private void removal(Place place, Event.Change change) {
    removals.computeIfAbsent(place, p -> new ArrayList<>()).add(change);
  }

  private void number() {
    for (Event event : events) {
      if (event instanceof Event.Append append && append.uid() > 0) {
        numbers.putIfAbsent(new Place(append.mailbox(), append.uid()), append.message());
      } else if (event instanceof Event.Saw saw && saw.message() > 0) {
        numbers.putIfAbsent(new Place(saw.mailbox(), saw.uid()), saw.message());
      }
    }
    messages.forEach((place, message) -> numbers.putIfAbsent(place, message.message()));
  }

  <E extends Event> List<E> all(Class<E> kind) {
    List<E> some = new ArrayList<>();
    for (Event event : events) {
      if (kind.isInstance(event)) {
        some.add(kind.cast(event));
      }
    }
    return some;
  }

  /** Where an acknowledged COPY or MOVE put what: source to copy. */
  static Map<Place, Place> pairs(Event.Transfer transfer) {
    Map<Place, Place> pairs = new LinkedHashMap<>();
    long count = Math.min(transfer.sources().size(), transfer.copies().size());
    for (long i = 0; i < count; i++) {
      pairs.put(
          new Place(transfer.from(), transfer.sources().nth(i)),
          new Place(transfer.to(), transfer.copies().nth(i)));
    }
    return pairs;
  }

  /** Messages that were acknowledged to have come, each with its acknowledgement. */
  Map<Place, Event.Change> arrivals() {
    Map<Place, Event.Change> arrivals = new LinkedHashMap<>();
    for (Event event : events) {
      if (event instanceof Event.Append append && append.uid() > 0) {
        arrivals.put(new Place(append.mailbox(), append.uid()), append);
      } else if (event instanceof Event.Transfer transfer) {
        pairs(transfer).values().forEach(place -> arrivals.put(place, transfer));
      }
    }
    return arrivals;
  }

  /** Places whose messages certainly went: the taking away was acknowledged. */
  Set<Place> acknowledgedRemovals() {
    Set<Place> gone = new HashSet<>();
    removals.forEach(
        (place, changes) -> {
          for (Event.Change change : changes) {
            boolean took =
                !(change instanceof Event.Transfer move) || move.sources().contains(place.uid());
            if (change.result() == Event.Result.OK && took) {
              gone.add(place);
            }
          }
        });
    return gone;
  }
}
