package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/**
 * Takes one step of what was decided and is not done yet; whoever else does the same, once only.
 */
final class Finisher {
  private static final String STAGED =
      "SELECT i, flags, words, body, size, date, zone, saved, thread, email FROM bucket WHERE id ="
          + " ? AND i >= ? AND i < ?";

  private final Boxes boxes;

  Finisher(Boxes boxes) {
    this.boxes = boxes;
  }

  void step(Box box) throws StoreException {
    if (!box.buckets.isEmpty()) {
      bringHome(box, box.buckets.get(0));
    } else if (box.intent instanceof Intent.Store store) {
      store(box, store);
    } else if (box.intent instanceof Intent.Remove remove) {
      remove(box, remove);
    } else if (box.intent instanceof Intent.Move move) {
      move(box, move);
    } else if (box.intent instanceof Intent.Split split) {
      split(box, split);
    }
  }

  private void bringHome(Box box, Bucket bucket) throws StoreException {
    List<Message> staged = new ArrayList<>();
    int most = Math.min(bucket.count(), bucket.home() + Boxes.BATCH);
    for (Row row : boxes.cql.all(STAGED, bucket.id(), bucket.home(), most)) {
      staged.add(Message.staged(row, bucket.first() + row.getInt("i"), bucket.modSeq()));
    }
    int end = MessageRows.end(staged, 0);
    int to = end == staged.size() ? most : bucket.home() + end;
    Draft draft = new Draft(boxes.messages, box).touch();
    for (Message message : staged.subList(0, end)) {
      draft.row(message);
    }
    List<Bucket> left = new ArrayList<>(box.buckets);
    if (to == bucket.count()) {
      left.remove(0);
    } else {
      left.set(0, bucket.withHome(to));
    }
    draft.box.buckets = List.copyOf(left);
    if (boxes.decide(draft) && to == bucket.count()) {
      boxes.cql.hand(boxes.cql.bind("DELETE FROM bucket WHERE id = ?", bucket.id()));
    }
  }

  /** What one batch takes: messages of one partition. */
  private static UidSet next(Box box, UidSet uids) {
    UidSet together =
        uids.first() < box.closedBelow
            ? uids.clamp(uids.first(), Sections.last(box, uids.first()))
            : uids;
    return together.slice(0, Math.min(together.size(), Boxes.BATCH));
  }

  /** What one batch does to messages of one partition. */
  private record Step(UidSet uids, List<BoundStatement> rows) {}

  /** How messages change; where they lie is given. */
  private interface Change {
    Step of(String partition, UidSet uids) throws StoreException;
  }

  /** In a section; nothing where the mailbox has to be looked at again. */
  private Optional<Step> changeSection(Box box, long modSeq, UidSet now, Change change)
      throws StoreException {
    Sections.Head head = boxes.sections.of(box, now.first());
    if (head != null && !head.gone() && head.modSeq() <= modSeq) {
      Step step = change.of(head.partition(), now);
      if (boxes.sections.change(head, modSeq, head.next(), step.rows)) {
        return Optional.of(step);
      }
    }
    boxes.forget(box.id);
    return Optional.empty();
  }

  private void change(
      Box box, long modSeq, UidSet uids, Change change, Function<UidSet, Intent> rest)
      throws StoreException {
    UidSet now = next(box, uids);
    Draft draft = new Draft(boxes.messages, box).touch();
    Optional<Step> step;
    if (now.first() < box.closedBelow) {
      step = changeSection(box, modSeq, now, change);
    } else {
      step = Optional.of(change.of(box.id, now));
      draft.rows(step.get().rows);
    }
    if (step.isPresent()) {
      UidSet later = uids.minus(step.get().uids);
      draft.box.intent = later.isEmpty() ? null : rest.apply(later);
      boxes.decide(draft);
    }
  }

  private void store(Box box, Intent.Store store) throws StoreException {
    change(
        box,
        store.modSeq(),
        store.uids(),
        (partition, uids) -> flag(box, store, partition, uids),
        later -> new Intent.Store(store.modSeq(), store.change(), later));
  }

  private Step flag(Box box, Intent.Store store, String partition, UidSet uids)
      throws StoreException {
    List<Message> flagged = new ArrayList<>();
    for (Message message : boxes.messages.read(box.id, uids)) {
      flagged.add(message.with(store.change().apply(message.flags()), store.modSeq()));
    }
    int end = MessageRows.end(flagged, 0);
    List<BoundStatement> rows = new ArrayList<>();
    for (Message m : flagged.subList(0, end)) {
      rows.add(MessageRows.flags(boxes.cql, partition, m.uid(), m.flags(), m.modSeq()));
    }
    boolean all = end == flagged.size();
    return new Step(all ? uids : uids.clamp(1, flagged.get(end - 1).uid()), rows);
  }

  private void remove(Box box, Intent.Remove remove) throws StoreException {
    change(
        box,
        remove.modSeq(),
        remove.uids(),
        (partition, uids) -> {
          List<BoundStatement> rows = new ArrayList<>();
          for (Message message : boxes.messages.read(box.id, uids)) {
            rows.add(MessageRows.delete(boxes.cql, partition, message.uid()));
          }
          return new Step(uids, rows);
        },
        later -> new Intent.Remove(remove.modSeq(), later));
  }

  /** The section is whole before the mark rises. */
  private void split(Box box, Intent.Split split) throws StoreException {
    if (!boxes.sections.fill(box, split)) {
      boxes.forget(box.id);
      return;
    }
    Draft draft = new Draft(boxes.messages, box).touch();
    draft.box.intent = null;
    draft.close(split.below());
    boxes.decide(draft);
  }

  /** Copy, then expunge; where the destination is gone all stays as it was. */
  private void move(Box box, Intent.Move move) throws StoreException {
    boolean arrived = arrive(box, move);
    Draft draft = new Draft(boxes.messages, box).touch();
    draft.box.intent = null;
    if (arrived) {
      Removal.remove(draft, move.uids(), draft.read(move.uids()));
    }
    if (boxes.decide(draft) && move.staged().isPresent()) {
      boxes.cql.hand(
          boxes.cql.bind("DELETE FROM bucket WHERE id = ?", move.staged().orElseThrow()));
    }
  }

  private boolean arrive(Box box, Intent.Move move) throws StoreException {
    List<Message> messages = new ArrayList<>();
    if (move.staged().isPresent()) {
      for (Row row : boxes.cql.all(STAGED, move.staged().orElseThrow(), 0, move.count())) {
        messages.add(Message.staged(row, 0, 0));
      }
    } else {
      for (Message message : boxes.messages.read(box.id, move.uids())) {
        messages.add(message.copied(move.saved()));
      }
    }
    try {
      new Addition(boxes, messages).arrive(move.destination(), box.id, move.number());
      return true;
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT || e.code() == Code.LIMIT) {
        return false;
      }
      throw e;
    }
  }
}
