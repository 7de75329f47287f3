package org.posthorn.store.cassandra;

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
      "SELECT i, flags, words, body, size, date, zone, saved, thread FROM bucket WHERE id = ?"
          + " AND i >= ? AND i < ?";

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
    }
  }

  private void bringHome(Box box, Bucket bucket) throws StoreException {
    int to = Math.min(bucket.count(), bucket.home() + Boxes.BATCH);
    Draft draft = new Draft(boxes.cql, box).touch();
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

  private static UidSet next(UidSet uids) {
    return uids.slice(0, Math.min(uids.size(), Boxes.BATCH));
  }

  private void store(Box box, Intent.Store store) throws StoreException {
    UidSet now = next(store.uids());
    UidSet later = store.uids().minus(now);
    Draft draft = new Draft(boxes.cql, box).touch();
    for (Message message : Messages.read(boxes.cql, box.id, now)) {
      Flags flags = store.change().apply(message.flags());
      draft.flag(message, flags, store.modSeq());
    }
    draft.box.intent =
        later.isEmpty() ? null : new Intent.Store(store.modSeq(), store.change(), later);
    boxes.decide(draft);
  }

  private void remove(Box box, Intent.Remove remove) throws StoreException {
    UidSet now = next(remove.uids());
    UidSet later = remove.uids().minus(now);
    Draft draft = new Draft(boxes.cql, box).touch();
    for (Message message : Messages.read(boxes.cql, box.id, now)) {
      draft.delete(message);
    }
    draft.box.intent = later.isEmpty() ? null : new Intent.Remove(later);
    boxes.decide(draft);
  }

  /** Copy, then expunge; where the destination is gone all stays as it was. */
  private void move(Box box, Intent.Move move) throws StoreException {
    boolean arrived = arrive(box, move);
    Draft draft = new Draft(boxes.cql, box).touch();
    draft.box.intent = null;
    if (arrived) {
      Removal.remove(draft, move.uids());
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
      for (Message message : Messages.read(boxes.cql, box.id, move.uids())) {
        messages.add(message.copied(move.saved()));
      }
    }
    try {
      new Addition(boxes, messages).arrive(move.destination(), move.number());
      return true;
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT || e.code() == Code.LIMIT) {
        return false;
      }
      throw e;
    }
  }
}
