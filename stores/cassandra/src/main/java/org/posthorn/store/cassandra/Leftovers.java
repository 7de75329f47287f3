package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/**
 * What a call leaves behind when its process dies: messages that were staged, and the note in the
 * destination of a MOVE that it arrived. The collector is told before either is made.
 */
final class Leftovers {
  private final Boxes boxes;

  Leftovers(Boxes boxes) {
    this.boxes = boxes;
  }

  /**
   * Messages are about to be staged.
   *
   * @param mailbox whose head will name the bucket
   */
  static void staging(Cql cql, String mailbox, UUID bucket) throws StoreException {
    cql.write(
        "INSERT INTO garbage (slot, at, mailbox, bucket) VALUES (?, ?, ?, ?)",
        Collector.slot(mailbox),
        Uuids.timeBased(),
        mailbox,
        bucket);
  }

  /** The messages of a bucket are in their mailbox, or never will be. */
  static BoundStatement dropBucket(Cql cql, UUID bucket) throws StoreException {
    return cql.bind("DELETE FROM bucket WHERE id = ?", bucket);
  }

  /** A MOVE is over: nobody asks any more whether it arrived. */
  static BoundStatement dropArrival(Cql cql, String target, long move) throws StoreException {
    return cql.bind(
        "DELETE FROM mailbox WHERE id = ? AND kind = 2 AND n = ? IF EXISTS", target, move);
  }

  /**
   * The UIDs that a MOVE got; nobody asks again.
   *
   * @throws StoreException NONEXISTENT or LIMIT where the destination did not take it
   */
  static UidSet arrived(Boxes boxes, String target, long move, int count) throws StoreException {
    Optional<UidSet> uids = Addition.arrived(boxes, target, move, count);
    if (uids.isEmpty()) {
      throw Addition.refusal(boxes, target);
    }
    boxes.cql.hand(dropArrival(boxes.cql, target, move));
    return uids.orElseThrow();
  }

  /** What was decided of a mailbox is done, if there is such a mailbox. */
  void finish(String mailbox) throws StoreException {
    try {
      boxes.finish(mailbox);
    } catch (StoreException e) {
      if (e.code() != Code.NONEXISTENT) {
        throw e;
      }
    }
  }

  /** What a note leads to goes, after the mailbox is done with it. */
  void clear(Row row) throws StoreException {
    String mailbox = row.getString("mailbox");
    UUID bucket = row.getUuid("bucket");
    String target = row.getString("target");
    if (mailbox == null || (bucket == null && target == null)) {
      return;
    }
    finish(mailbox);
    if (bucket != null) {
      boxes.cql.writeAll(List.of(dropBucket(boxes.cql, bucket)));
    }
    if (target != null) {
      boxes.cql.decide(List.of(dropArrival(boxes.cql, target, row.getLong("move"))));
    }
  }
}
