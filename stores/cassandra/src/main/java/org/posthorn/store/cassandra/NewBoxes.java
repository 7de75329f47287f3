package org.posthorn.store.cassandra;

import java.util.List;
import org.posthorn.store.StoreException;

/** Makes mailboxes, and has them begin anew. Thread-safe. */
final class NewBoxes {
  private final Boxes boxes;

  NewBoxes(Boxes boxes) {
    this.boxes = boxes;
  }

  /** A new mailbox, to which nothing refers yet. */
  void create(String id, String account) throws StoreException {
    create(new Box(id, account, Ids.token()));
  }

  void create(Box box) throws StoreException {
    Deadline deadline = boxes.cql.deadline();
    for (int attempt = 0; attempt < Boxes.ATTEMPTS && !deadline.isOver(); attempt++) {
      Cql.Outcome outcome =
          boxes.cql.conditional(List.of(box.creation(boxes.cql, boxes.settings.millis())));
      // Where a read at the level of the decision finds nothing, nothing will come any more.
      if (outcome != Cql.Outcome.UNKNOWN || boxes.decided(box.id) != null) {
        return;
      }
    }
    throw Boxes.contention();
  }

  /** The mailbox begins anew as this, with its identity; what was there goes. */
  void renew(Box wanted) throws StoreException {
    Deadline deadline = boxes.cql.deadline();
    for (int attempt = 0; attempt < Boxes.ATTEMPTS && !deadline.isOver(); attempt++) {
      Box there = boxes.decided(wanted.id);
      if (there == null) {
        if (boxes.cql.conditional(List.of(wanted.creation(boxes.cql, boxes.settings.millis())))
            == Cql.Outcome.APPLIED) {
          return;
        }
      } else {
        Draft draft = new Draft(boxes.messages, there);
        draft.renew(wanted);
        if (boxes.decide(draft, deadline)) {
          return;
        }
      }
    }
    throw Boxes.contention();
  }
}
