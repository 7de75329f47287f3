package org.posthorn.store.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/**
 * Which messages a mailbox has. Read row by row once, then kept up to date by the history.
 * Thread-safe.
 */
final class Cuts {
  private static final int CACHED = 1_000;

  /** More changes than this are not followed one by one. */
  private static final int MOST_STEPS = 1_000;

  private final Messages messages;
  private final History history;
  final Orders orders;
  private final Map<String, Cut> cuts = new ConcurrentHashMap<>();

  Cuts(Messages messages, History history) {
    this.messages = messages;
    this.history = history;
    this.orders = new Orders(messages);
  }

  /** What is known of a mailbox. Whoever asks reads the head after this, see at. */
  @Nullable Cut last(String mailbox) {
    return cuts.get(mailbox);
  }

  /**
   * Exactly at the MODSEQ of a head; null where the head has to be read again.
   *
   * @param known what was known before the head was read: newer than the head it is only where the
   *     mailbox began anew
   */
  @Nullable Cut at(Box box, @Nullable Cut known) throws StoreException {
    Cut cut = known == null || known.modSeq() > box.modSeq ? null : follow(box, known);
    if (cuts.size() > CACHED) {
      cuts.clear();
    }
    if (cut == null) {
      // The rows may be newer than the head: the history up to a later one tells by how much.
      cuts.put(box.id, scan(box));
      return null;
    }
    cuts.merge(box.id, cut, (there, mine) -> there.modSeq() > mine.modSeq() ? there : mine);
    return cut;
  }

  void forget(String mailbox) {
    cuts.remove(mailbox);
    orders.forget(mailbox);
  }

  private Cut scan(Box box) throws StoreException {
    UidSet.Builder uids = UidSet.builder();
    UidSet.Builder unseen = UidSet.builder();
    messages.each(
        "n, flags",
        box.id,
        UidSet.range(1, UidSet.MAX_UID),
        row -> add(row.getLong("n"), row.getInt("flags"), uids, unseen));
    return new Cut(box.modSeq, box.tally.messages(), uids.build(), unseen.build());
  }

  private static void add(long uid, int flags, UidSet.Builder uids, UidSet.Builder unseen) {
    uids.add(uid);
    if ((flags & SystemFlag.SEEN.bit()) == 0) {
      unseen.add(uid);
    }
  }

  private @Nullable Cut follow(Box box, Cut from) throws StoreException {
    if (from.modSeq() == box.modSeq && from.counted() != box.tally.messages()) {
      // Messages that were restored come without a MODSEQ of their own.
      return null;
    }
    if (from.modSeq() == box.modSeq) {
      // Rows newer than the head are not part of it.
      return from.uids().last() < box.uidNext ? from : clamped(from, box);
    }
    if (box.modSeq - from.modSeq() > MOST_STEPS) {
      return null;
    }
    List<History.Step> steps = history.between(box, from.modSeq() + 1, MOST_STEPS);
    if (!History.isComplete(steps, from.modSeq() + 1, box.modSeq)) {
      return null;
    }
    UidSet changed = UidSet.EMPTY;
    UidSet vanished = UidSet.EMPTY;
    for (History.Step step : steps) {
      changed = changed.union(step.changed());
      vanished = vanished.union(step.vanished());
    }
    changed = changed.minus(vanished);
    UidSet.Builder fresh = UidSet.builder();
    UidSet.Builder unseen = UidSet.builder();
    List<Message> rows = new ArrayList<>(messages.read(box.id, changed));
    for (Message row : rows) {
      add(row.uid(), row.flags().systemBits(), fresh, unseen);
    }
    // What vanished after this head is still there at it.
    UidSet uids = from.uids().union(changed).minus(vanished);
    return clamped(
        new Cut(
            box.modSeq,
            box.tally.messages(),
            uids,
            from.unseen().minus(changed).minus(vanished).union(unseen.build())),
        box);
  }

  private static Cut clamped(Cut cut, Box box) {
    UidSet uids = cut.uids().clamp(1, box.uidNext - 1);
    return new Cut(cut.modSeq(), cut.counted(), uids, cut.unseen().intersect(uids));
  }
}
