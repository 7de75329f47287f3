package org.posthorn.store.cassandra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Tells what happened to a mailbox after a cursor, from its history or, where that is lost, all.
 */
final class ChangeFeed {
  private static final int STEPS = 500;

  /** What a row costs beside its flags. */
  private static final int ROW_OCTETS = 24;

  private final Messages messages;
  private final History history;
  private final Orders orders;
  private final Box box;
  private final MailboxInfo info;

  ChangeFeed(Messages messages, History history, Orders orders, Box box, MailboxInfo info) {
    this.messages = messages;
    this.history = history;
    this.orders = orders;
    this.box = box;
    this.info = info;
  }

  Changes since(Cursor from, PageLimit max) throws StoreException {
    Cursor at = from;
    UidSet vanished = UidSet.EMPTY;
    while (true) {
      long first = at.uid() == Long.MAX_VALUE ? at.modSeq() + 1 : at.modSeq();
      // 1 is the MODSEQ of a mailbox in which nothing happened yet.
      first = Math.max(2, first);
      if (first > box.modSeq) {
        return page(List.of(), vanished, after(from, box.modSeq), false, false);
      }
      List<History.Step> steps = history.between(box, first, STEPS);
      long last = Math.min(box.modSeq, first + STEPS - 1);
      if (first <= box.historyFloor || !History.isComplete(steps, first, last)) {
        return lost(from, max);
      }
      Found found = collect(steps, at, max);
      vanished = vanished.union(found.vanished);
      at = found.next;
      boolean more = at.uid() != Long.MAX_VALUE || at.modSeq() < box.modSeq;
      if (!found.rows.isEmpty() || !more) {
        return page(found.rows, vanished, at, more, false);
      }
    }
  }

  private static Cursor after(Cursor from, long modSeq) {
    return from.modSeq() > modSeq ? from : Cursor.after(modSeq);
  }

  private record Found(List<Row> rows, UidSet vanished, Cursor next) {}

  private Found collect(List<History.Step> steps, Cursor from, PageLimit max)
      throws StoreException {
    UidSet wanted = UidSet.EMPTY;
    Cursor end = from;
    UidSet vanished = UidSet.EMPTY;
    List<History.Step> taken = new ArrayList<>();
    for (History.Step step : steps) {
      long after = step.modSeq() == from.modSeq() ? from.uid() : 0;
      UidSet changed = step.changed().clamp(after + 1, UidSet.MAX_UID);
      long room = max.rows() - wanted.size();
      if (room <= 0) {
        break;
      }
      long upTo = Long.MAX_VALUE;
      if (changed.size() > room) {
        upTo = changed.nth(room - 1);
        changed = changed.clamp(1, upTo);
      }
      wanted = wanted.union(changed);
      vanished = vanished.union(step.vanished().clamp(after + 1, Math.min(upTo, UidSet.MAX_UID)));
      taken.add(step);
      end = new Cursor(step.modSeq(), upTo);
      if (upTo != Long.MAX_VALUE) {
        break;
      }
    }
    return limited(rows(taken, wanted, from, end), vanished, taken, from, end, max);
  }

  /**
   * Messages as they are, at the step that changed them last. What changed after the head was read
   * is told as of the last step before: it is new to who asks, and its next change comes later.
   */
  private List<Row> rows(List<History.Step> steps, UidSet wanted, Cursor from, Cursor end)
      throws StoreException {
    Map<Long, UidSet> changedAt = new HashMap<>();
    for (History.Step step : steps) {
      changedAt.put(step.modSeq(), step.changed());
    }
    List<Row> rows = new ArrayList<>();
    for (Message m : messages.read(box.id, wanted)) {
      long at = m.modSeq() <= box.modSeq ? m.modSeq() : lastStep(steps, m.uid(), end);
      UidSet told = changedAt.get(at);
      if (told != null
          && told.contains(m.uid())
          && from.isBefore(at, m.uid())
          && !end.isBefore(at, m.uid())) {
        rows.add(Row.of(m.uid(), at, m.flags()));
      }
    }
    rows.sort(ORDER);
    return rows;
  }

  /** The MODSEQ of the last step up to an end that changed a message; 0 where none did. */
  private static long lastStep(List<History.Step> steps, long uid, Cursor end) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      History.Step step = steps.get(i);
      if (step.changed().contains(uid) && !end.isBefore(step.modSeq(), uid)) {
        return step.modSeq();
      }
    }
    return 0;
  }

  private static final Comparator<Row> ORDER =
      Comparator.comparingLong(Row::modSeq).thenComparingLong(Row::uid);

  /** Cuts a page where it has enough octets. */
  private static Found limited(
      List<Row> rows,
      UidSet vanished,
      List<History.Step> steps,
      Cursor from,
      Cursor end,
      PageLimit max) {
    long octets = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (i > 0 && octets >= max.bytes()) {
        Row last = rows.get(i - 1);
        Cursor cut = new Cursor(last.modSeq(), last.uid());
        UidSet gone = UidSet.EMPTY;
        for (History.Step step : steps) {
          long after = step.modSeq() == from.modSeq() ? from.uid() : 0;
          long upTo = step.modSeq() == cut.modSeq() ? cut.uid() : UidSet.MAX_UID;
          if (step.modSeq() <= cut.modSeq()) {
            gone = gone.union(step.vanished().clamp(after + 1, upTo));
          }
        }
        return new Found(List.copyOf(rows.subList(0, i)), gone, cut);
      }
      octets += ROW_OCTETS + row.flags().imap().length;
    }
    return new Found(rows, vanished, end);
  }

  /** All messages are told of, by their MODSEQs at some head; what vanished is not known. */
  private Changes lost(Cursor from, PageLimit max) throws StoreException {
    Orders.Order order = orders.of(box, from);
    Cursor at = from;
    while (true) {
      int first = order.after(at);
      int end = Math.min(order.size(), first + max.rows());
      boolean more = end < order.size();
      Cursor next = more ? order.cursor(end - 1) : Cursor.after(order.modSeq());
      List<Row> rows = rows(order, first, end);
      if (!rows.isEmpty() || !more) {
        Found found = limited(rows, UidSet.EMPTY, List.of(), at, next, max);
        boolean cut = more || found.rows.size() < rows.size() || order.modSeq() < box.modSeq;
        return page(found.rows, UidSet.EMPTY, found.next, cut, true);
      }
      at = next;
    }
  }

  private List<Row> rows(Orders.Order order, int first, int end) throws StoreException {
    Map<Long, Message> present = new HashMap<>();
    for (Message message : messages.read(box.id, order.uids(first, end))) {
      present.put(message.uid(), message);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = first; i < end; i++) {
      Cursor place = order.cursor(i);
      Message message = present.get(place.uid());
      if (message != null) {
        rows.add(Row.of(place.uid(), place.modSeq(), message.flags()));
      }
    }
    return rows;
  }

  private Changes page(
      List<Row> rows, UidSet vanished, Cursor next, boolean more, boolean historyLost) {
    return new Changes(
        rows, vanished, next, more, historyLost, false, info, box.uidNext, box.modSeq);
  }
}
