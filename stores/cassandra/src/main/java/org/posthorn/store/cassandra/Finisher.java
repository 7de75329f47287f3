package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.Flags;
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
    int to = Math.min(bucket.count(), bucket.home() + Boxes.BATCH);
    Draft draft = new Draft(boxes.messages, box).touch();
    for (Row row : boxes.cql.all(STAGED, bucket.id(), bucket.home(), to)) {
      draft.row(Message.staged(row, bucket.first() + row.getInt("i"), bucket.modSeq()));
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

  /** How the row of a message changes; where it lies is given. */
  private interface Change {
    BoundStatement of(String partition, Message message) throws StoreException;
  }

  /** In a section; false where the mailbox has to be looked at again. */
  private boolean changeSection(Box box, long modSeq, UidSet now, Change change)
      throws StoreException {
    Sections.Head head = boxes.sections.of(box, now.first());
    if (head == null || head.gone() || head.modSeq() > modSeq) {
      boxes.forget(box.id);
      return false;
    }
    List<BoundStatement> rows = new ArrayList<>();
    for (Message message : boxes.messages.read(box.id, now)) {
      rows.add(change.of(head.partition(), message));
    }
    boolean done = boxes.sections.change(head, modSeq, head.next(), rows);
    if (!done) {
      boxes.forget(box.id);
    }
    return done;
  }

  private void store(Box box, Intent.Store store) throws StoreException {
    UidSet now = next(box, store.uids());
    UidSet later = store.uids().minus(now);
    Draft draft = new Draft(boxes.messages, box).touch();
    if (now.first() < box.closedBelow) {
      if (!changeSection(box, store.modSeq(), now, (place, m) -> flagged(place, m, store))) {
        return;
      }
    } else {
      for (Message message : boxes.messages.read(box.id, now)) {
        draft.flag(message, store.change().apply(message.flags()), store.modSeq());
      }
    }
    draft.box.intent =
        later.isEmpty() ? null : new Intent.Store(store.modSeq(), store.change(), later);
    boxes.decide(draft);
  }

  private BoundStatement flagged(String partition, Message message, Intent.Store store)
      throws StoreException {
    Flags flags = store.change().apply(message.flags());
    return MessageRows.flags(boxes.cql, partition, message.uid(), flags, store.modSeq());
  }

  private void remove(Box box, Intent.Remove remove) throws StoreException {
    UidSet now = next(box, remove.uids());
    UidSet later = remove.uids().minus(now);
    Draft draft = new Draft(boxes.messages, box).touch();
    if (now.first() < box.closedBelow) {
      if (!changeSection(
          box, remove.modSeq(), now, (place, m) -> MessageRows.delete(boxes.cql, place, m.uid()))) {
        return;
      }
    } else {
      for (Message message : boxes.messages.read(box.id, now)) {
        draft.delete(message);
      }
    }
    draft.box.intent = later.isEmpty() ? null : new Intent.Remove(remove.modSeq(), later);
    boxes.decide(draft);
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
