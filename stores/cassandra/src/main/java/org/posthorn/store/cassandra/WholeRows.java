package org.posthorn.store.cassandra;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Reads rows of messages so that none shows a STORE, EXPUNGE or MOVE of several batches that others
 * do not show yet: what is half done is finished first. Thread-safe.
 */
final class WholeRows {
  private final Boxes boxes;

  WholeRows(Boxes boxes) {
    this.boxes = boxes;
  }

  /**
   * Those that are there, ascending; at most {@code limit}. Where they lie in several partitions or
   * take several requests, these may be of different moments.
   *
   * @throws StoreException NONEXISTENT when the mailbox is gone
   */
  List<Message> read(String mailbox, UidSet uids, int limit) throws StoreException {
    // Whatever its age: rows that show nothing younger than it do not show what began later.
    @Nullable Box head = boxes.known(mailbox);
    for (int attempt = 0; attempt < Boxes.ATTEMPTS; attempt++) {
      if (head == null || head.halfChanged()) {
        head = settled(mailbox);
      }
      Messages.Found found = boxes.messages.find(mailbox, uids, limit);
      if (found.messages().isEmpty() || found.modSeq() <= head.modSeq) {
        return found.messages();
      }
      head = null;
    }
    throw Boxes.contention();
  }

  private Box settled(String mailbox) throws StoreException {
    for (int attempt = 0; attempt < Boxes.ATTEMPTS; attempt++) {
      Box box = boxes.decided(mailbox);
      if (box == null || box.gone) {
        throw Boxes.nonexistent();
      }
      if (!box.halfChanged()) {
        return box;
      }
      boxes.finish(mailbox);
    }
    throw Boxes.contention();
  }
}
