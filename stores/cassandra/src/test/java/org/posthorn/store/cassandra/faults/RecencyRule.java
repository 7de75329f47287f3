package org.posthorn.store.cassandra.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Who opens a mailbox sees all that was acknowledged before, whichever server it went through. */
final class RecencyRule implements Rule {
  @Override
  public void check(Recorded history, Consumer<String> wrong) {
    Map<String, List<Map.Entry<Place, Event.Change>>> arrivals = new HashMap<>();
    history
        .arrivals()
        .entrySet()
        .forEach(
            arrival ->
                arrivals
                    .computeIfAbsent(arrival.getKey().mailbox(), m -> new ArrayList<>())
                    .add(arrival));
    for (Event.Select select : history.all(Event.Select.class)) {
      for (Map.Entry<Place, Event.Change> arrival :
          arrivals.getOrDefault(select.mailbox(), List.of())) {
        Place place = arrival.getKey();
        if (arrival.getValue().end() < select.start()
            && !select.uids().contains(place.uid())
            && !mayBeGone(history, place, select)) {
          wrong.accept(place + " was acknowledged before and is not listed: " + select.line());
        }
      }
      select
          .uids()
          .forEachUid(uid -> gone(history, new Place(select.mailbox(), uid), select, wrong));
    }
    modSeqs(history, wrong);
  }

  private static boolean mayBeGone(Recorded history, Place place, Event.Select select) {
    return history.removals.getOrDefault(place, List.of()).stream()
        .anyMatch(change -> change.start() < select.end());
  }

  private static void gone(
      Recorded history, Place place, Event.Select select, Consumer<String> wrong) {
    for (Event.Change change : history.removals.getOrDefault(place, List.of())) {
      boolean took =
          change.result() == Event.Result.OK
              && (!(change instanceof Event.Transfer move) || move.sources().contains(place.uid()));
      if (took && change.end() < select.start()) {
        wrong.accept(place + " was taken away before and is listed: " + select.line());
      }
    }
  }

  /** MODSEQ never goes back: not of a mailbox, whoever asks, and not of a message. */
  private static void modSeqs(Recorded history, Consumer<String> wrong) {
    List<Event.Select> byStart = new ArrayList<>(history.all(Event.Select.class));
    byStart.sort(Comparator.comparingLong(Event.Select::start));
    List<Event.Select> byEnd = new ArrayList<>(byStart);
    byEnd.sort(Comparator.comparingLong(Event.Select::end));
    Map<String, Long> floors = new HashMap<>();
    int ended = 0;
    for (Event.Select select : byStart) {
      for (; ended < byEnd.size() && byEnd.get(ended).end() < select.start(); ended++) {
        floors.merge(byEnd.get(ended).mailbox(), byEnd.get(ended).highestModSeq(), Math::max);
      }
      if (select.highestModSeq() < floors.getOrDefault(select.mailbox(), 0L)) {
        wrong.accept("HIGHESTMODSEQ went back: " + select.line());
      }
    }
    Map<Place, Long> seen = new HashMap<>();
    Map<Map.Entry<String, Place>, Long> own = new HashMap<>();
    for (Event.Saw saw : history.all(Event.Saw.class)) {
      Place place = new Place(saw.mailbox(), saw.uid());
      Long before = own.put(Map.entry(saw.session(), place), saw.modSeq());
      if (before != null && before > saw.modSeq()) {
        wrong.accept("MODSEQ was " + before + ", then: " + saw.line());
      }
      seen.merge(place, saw.modSeq(), Math::max);
    }
    history.messages.forEach(
        (place, message) -> {
          Event.Truth truth = history.truths.get(place.mailbox());
          if (message.modSeq() < seen.getOrDefault(place, 0L)
              || (truth != null && message.modSeq() > truth.highestModSeq())) {
            wrong.accept("MODSEQ seen was " + seen.get(place) + ", in the end: " + message.line());
          }
        });
    for (Event.Truth truth : history.truths.values()) {
      for (Event.Select select : byStart) {
        if (select.mailbox().equals(truth.mailbox())
            && select.highestModSeq() > truth.highestModSeq()) {
          wrong.accept("HIGHESTMODSEQ went back: " + select.line() + " to " + truth.line());
        }
      }
    }
  }
}
