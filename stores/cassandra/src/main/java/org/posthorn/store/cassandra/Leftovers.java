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

  /** A note for the collector, to be taken back by who gets to the end. */
  record Note(String mailbox, UUID at) {}

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

  /** A mailbox is about to refer to a body that is there. */
  static Note referring(Cql cql, String mailbox, UUID body) throws StoreException {
    Note note = new Note(mailbox, Uuids.timeBased());
    cql.writeAll(
        List.of(
            Bodies.doubt(cql, mailbox, List.of(body), note.at),
            Bodies.reason(cql, body, mailbox, Uuids.timeBased())));
    return note;
  }

  /** A MOVE is about to be decided. */
  static Note moving(Cql cql, String source, String target, long move) throws StoreException {
    Note note = new Note(source, Uuids.timeBased());
    cql.write(
        "INSERT INTO garbage (slot, at, mailbox, move, target) VALUES (?, ?, ?, ?, ?)",
        Collector.slot(source),
        note.at,
        source,
        move,
        target);
    return note;
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

  /** Nothing was left behind. */
  static void done(Cql cql, Note note) throws StoreException {
    cql.hand(Bodies.certain(cql, note.mailbox, note.at));
  }

  /**
   * The UIDs that a MOVE got; nobody asks again.
   *
   * @throws StoreException NONEXISTENT or LIMIT where the destination did not take it
   */
  static UidSet arrived(Boxes boxes, String target, long move, int count, Note note)
      throws StoreException {
    Optional<UidSet> uids = Addition.arrived(boxes, target, move, count);
    if (uids.isEmpty()) {
      throw Addition.refusal(boxes, target);
    }
    boxes.cql.hand(dropArrival(boxes.cql, target, move));
    done(boxes.cql, note);
    return uids.orElseThrow();
  }

  /** What a note leads to goes, after the mailbox is done with it. */
  void clear(Row row) throws StoreException {
    String mailbox = row.getString("mailbox");
    UUID bucket = row.getUuid("bucket");
    String target = row.getString("target");
    if (mailbox == null || (bucket == null && target == null)) {
      return;
    }
    try {
      boxes.finish(mailbox);
    } catch (StoreException e) {
      if (e.code() != Code.NONEXISTENT) {
        throw e;
      }
    }
    if (bucket != null) {
      boxes.cql.writeAll(List.of(dropBucket(boxes.cql, bucket)));
    }
    if (target != null) {
      boxes.cql.decide(List.of(dropArrival(boxes.cql, target, row.getLong("move"))));
    }
  }
}
