package org.posthorn.store.cassandra.faults;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.posthorn.store.UidSet;

/**
 * UIDs become visible in their order: what a listing lacks below its greatest UID never comes
 * later, neither in a later listing of anybody nor in the same session.
 */
final class OrderRule implements Rule {
  @Override
  public void check(Recorded history, Consumer<String> wrong) {
    sessions(history, wrong);
    Map<String, List<Event.Select>> listings = new HashMap<>();
    for (Event.Select select : history.all(Event.Select.class)) {
      listings.computeIfAbsent(select.mailbox(), m -> new ArrayList<>()).add(select);
    }
    listings.values().forEach(some -> listings(some, wrong));
  }

  private static void listings(List<Event.Select> all, Consumer<String> wrong) {
    List<Event.Select> byStart = new ArrayList<>(all);
    byStart.sort(Comparator.comparingLong(Event.Select::start));
    List<Event.Select> byEnd = new ArrayList<>(all);
    byEnd.sort(Comparator.comparingLong(Event.Select::end));
    BitSet never = new BitSet();
    int ended = 0;
    for (Event.Select select : byStart) {
      for (; ended < byEnd.size() && byEnd.get(ended).end() < select.start(); ended++) {
        UidSet there = byEnd.get(ended).uids();
        if (!there.isEmpty()) {
          UidSet.range(1, there.last())
              .minus(there)
              .forEachUid(uid -> never.set(Math.toIntExact(uid)));
        }
      }
      select
          .uids()
          .forEachUid(
              uid -> {
                if (never.get(Math.toIntExact(uid))) {
                  wrong.accept(
                      "UID "
                          + uid
                          + " came though an earlier listing went beyond it without it: "
                          + select.line());
                }
              });
    }
  }

  /** A session's own view since it listed a mailbox last. */
  private static final class Own {
    private final Set<Long> known = new HashSet<>();
    private long greatest;
    private String mailbox = "";
  }

  private static void sessions(Recorded history, Consumer<String> wrong) {
    Map<String, Own> owns = new HashMap<>();
    for (Event event : history.events) {
      if (event instanceof Event.Select select) {
        Own own = new Own();
        own.mailbox = select.mailbox();
        select.uids().forEachUid(own.known::add);
        own.greatest = select.uids().isEmpty() ? 0 : select.uids().last();
        owns.put(select.session(), own);
      } else if (event instanceof Event.Saw saw) {
        Own own = owns.computeIfAbsent(saw.session(), s -> new Own());
        if (!own.mailbox.equals(saw.mailbox())) {
          continue;
        }
        if (own.known.add(saw.uid()) && saw.uid() < own.greatest) {
          wrong.accept("came after UID " + own.greatest + ": " + saw.line());
        }
        own.greatest = Math.max(own.greatest, saw.uid());
      }
    }
  }
}
