package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Messages that become visible in a mailbox together. Their bodies are there already. */
final class Addition {
  private final Boxes boxes;
  private final List<Message> messages;

  /** Staged where there are too many for one batch. */
  private @Nullable UUID bucket;

  Addition(Boxes boxes, List<Message> messages) {
    this.boxes = boxes;
    this.messages = messages;
  }

  /** What was added, and the MODSEQ. */
  record Added(UidSet uids, long modSeq) {}

  /** To a mailbox of which other things may be half done. */
  Added to(String mailbox) throws StoreException {
    stageIfMany(mailbox);
    return boxes.add(mailbox, this::add);
  }

  /** Whether it comes by a bucket, whose messages have to be brought home. */
  boolean isStaged() {
    return bucket != null;
  }

  /** Writes what is too much for one batch beforehand. */
  void stageIfMany(String mailbox) throws StoreException {
    if (bucket == null && MessageRows.end(messages, 0) < messages.size()) {
      bucket = stage(mailbox);
    }
  }

  /**
   * Writes all of it for somebody who adds it later; gives the bucket.
   *
   * @param mailbox whose head will name the bucket
   */
  UUID stage(String mailbox) throws StoreException {
    UUID id = Ids.token();
    Leftovers.staging(boxes.cql, mailbox, id);
    List<BoundStatement> rows = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Message m = messages.get(i);
      rows.add(
          boxes.cql.insert(
              "INSERT INTO bucket (id, i, flags, words, body, size, date, zone, saved, thread,"
                  + " email) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              id,
              i,
              m.flags().systemBits(),
              Words.text(m.flags()),
              m.body(),
              m.size(),
              m.date(),
              m.zone(),
              m.saved(),
              m.thread(),
              m.email()));
    }
    boxes.cql.writeAll(rows);
    return id;
  }

  Added add(Draft draft) throws StoreException {
    if (messages.isEmpty()) {
      return new Added(UidSet.EMPTY, draft.before.modSeq);
    }
    long first = draft.box.uidNext;
    long modSeq = draft.modSeq();
    UidSet uids = UidSet.range(first, first + messages.size() - 1);
    draft.box.uidNext = first + messages.size();
    draft.changed(uids);
    UUID staged = bucket;
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      draft.box.remember(message.flags(), boxes.settings.keywords());
      if (staged == null) {
        draft.insert(message.at(first + i, modSeq));
      } else {
        draft.box.tally = draft.box.tally.plus(message.tally());
      }
    }
    if (staged != null) {
      List<Bucket> more = new ArrayList<>(draft.box.buckets);
      more.add(new Bucket(staged, first, messages.size(), modSeq, 0));
      draft.box.buckets = List.copyOf(more);
    }
    return new Added(uids, modSeq);
  }

  /**
   * As to, once for all who try. Nothing where the source is through with the MOVE: then somebody
   * else was faster, and the note of its arrival may be gone already.
   */
  void arrive(String mailbox, String source, long move) throws StoreException {
    stageIfMany(mailbox);
    boxes.add(
        mailbox,
        draft -> {
          Optional<UidSet> before = arrived(boxes, mailbox, move, messages.size());
          // In this order: the head of the draft, the note, the source.
          if (before.isPresent() || !isDecided(source, move)) {
            return before;
          }
          UidSet uids = add(draft).uids();
          if (!uids.isEmpty()) {
            draft.arrived(move, uids.first());
          }
          return Optional.of(uids);
        });
  }

  private boolean isDecided(String source, long move) throws StoreException {
    Box box = boxes.decided(source);
    return box != null && box.intent instanceof Intent.Move decided && decided.number() == move;
  }

  /** Why a MOVE did not arrive. */
  static StoreException refusal(Boxes boxes, String mailbox) throws StoreException {
    Box box = boxes.decided(mailbox);
    return box == null || box.gone ? Boxes.nonexistent() : Box.tooManyKeywords();
  }

  /** The UIDs that a MOVE got in its destination, if it arrived. */
  static Optional<UidSet> arrived(Boxes boxes, String mailbox, long move, int count)
      throws StoreException {
    Row row =
        boxes.cql.decided(
            "SELECT mod FROM mailbox WHERE id = ? AND kind = 2 AND n = ?", mailbox, move);
    if (row == null) {
      return Optional.empty();
    }
    // Nothing is left to move for who comes when others have removed it from the source already.
    long first = row.getLong("mod");
    return Optional.of(count == 0 ? UidSet.EMPTY : UidSet.range(first, first + count - 1));
  }
}
