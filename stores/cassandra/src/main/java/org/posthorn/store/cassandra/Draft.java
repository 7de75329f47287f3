package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.posthorn.store.Flags;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.UidRangeCodec;

/**
 * A mutation on its way: the head as it is to be, and rows of the same partition. It becomes one
 * conditional batch.
 */
final class Draft {
  private static final String DELETE = "DELETE FROM mailbox WHERE id = ? AND kind = 0 AND n = ?";

  final Box before;
  final Box box;
  private final Cql cql;
  private final List<BoundStatement> rows = new ArrayList<>();
  private final UidSet.Builder changed = UidSet.builder();
  private UidSet vanished = UidSet.EMPTY;
  private boolean mutates;
  private boolean changes;

  Draft(Cql cql, Box before) {
    this.cql = cql;
    this.before = before;
    this.box = before.next(Ids.token());
  }

  /** Nothing is to be done. */
  boolean isEmpty() {
    return !changes;
  }

  /** Whether a row of history is written that tells whether this was done. */
  boolean mutates() {
    return mutates;
  }

  /** The head changes, be it by its token alone. */
  Draft touch() {
    changes = true;
    return this;
  }

  /** The MODSEQ of this mutation. */
  long modSeq() {
    if (!mutates) {
      mutates = true;
      changes = true;
      box.modSeq = before.modSeq + 1;
    }
    return box.modSeq;
  }

  void insert(Message message) throws StoreException {
    row(message);
    box.tally = box.tally.plus(message.tally());
  }

  /** A row of a message that is counted already. */
  void row(Message m) throws StoreException {
    touch();
    rows.add(
        cql.bind(
            "INSERT INTO mailbox (id, kind, n, mod, flags, words, body, size, date, zone, saved,"
                + " thread) VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            box.id,
            m.uid(),
            m.modSeq(),
            m.flags().systemBits(),
            Words.text(m.flags()),
            m.body(),
            m.size(),
            m.date(),
            m.zone(),
            m.saved(),
            m.thread()));
  }

  void flag(Message message, Flags flags, long modSeq) throws StoreException {
    touch();
    Message after = message.with(flags, modSeq);
    box.tally = box.tally.plus(after.tally()).minus(message.tally());
    rows.add(
        cql.bind(
            "UPDATE mailbox SET mod = ?, flags = ?, words = ? WHERE id = ? AND kind = 0 AND n = ?",
            modSeq,
            flags.systemBits(),
            Words.text(flags),
            box.id,
            message.uid()));
  }

  void delete(Message message) throws StoreException {
    touch();
    box.tally = box.tally.minus(message.tally());
    rows.add(cql.bind(DELETE, box.id, message.uid()));
  }

  /** Messages of the mailbox as it was. */
  List<Message> read(UidSet uids) throws StoreException {
    return Messages.read(cql, box.id, uids);
  }

  /** Told of in the history. */
  void changed(UidSet uids) {
    changed.addAll(uids);
  }

  /** Told of in the history. */
  void vanished(UidSet uids) {
    vanished = vanished.union(uids);
  }

  /** A MOVE arrived; the batch is refused where it did before. */
  void arrived(long move, long firstUid) throws StoreException {
    rows.add(
        cql.bind(
            "INSERT INTO mailbox (id, kind, n, mod) VALUES (?, 2, ?, ?) IF NOT EXISTS",
            box.id,
            move,
            firstUid));
  }

  /** The mailbox was deleted: all its rows go. */
  void clear() throws StoreException {
    touch();
    box.gone = true;
    box.intent = null;
    box.buckets = List.of();
    box.tally = Tally.NONE;
    for (int kind = 0; kind <= 2; kind++) {
      rows.add(cql.bind("DELETE FROM mailbox WHERE id = ? AND kind = ?", box.id, (byte) kind));
    }
  }

  /** History up to a MODSEQ goes; whoever asks for it hears so. */
  void trim(long upTo) throws StoreException {
    box.historyFloor = upTo;
    rows.add(cql.bind("DELETE FROM mailbox WHERE id = ? AND kind = 1 AND n <= ?", box.id, upTo));
  }

  /**
   * The batch.
   *
   * @param life seconds that the row of history lives
   */
  List<BoundStatement> statements(int life, long now) throws StoreException {
    List<BoundStatement> batch = new ArrayList<>();
    batch.add(head());
    batch.addAll(rows);
    if (mutates) {
      batch.add(
          cql.bind(
              "INSERT INTO mailbox (id, kind, n, author, changed, vanished, at)"
                  + " VALUES (?, 1, ?, ?, ?, ?, ?) USING TTL ?",
              box.id,
              box.modSeq,
              box.token,
              ByteBuffer.wrap(UidRangeCodec.encode(changed.build())),
              ByteBuffer.wrap(UidRangeCodec.encode(vanished)),
              now,
              life));
    }
    return batch;
  }

  private BoundStatement head() throws StoreException {
    UUID expected = before.token;
    return cql.bind(
        "UPDATE mailbox SET stamp = ?, gone = ?, uid_next = ?, mod_seq = ?, history_floor = ?,"
            + " history_trimmed = ?, messages = ?, octets = ?, unseen = ?, deleted = ?,"
            + " deleted_octets = ?, keywords = ?, intent = ?, buckets = ? WHERE id = ?"
            + " IF stamp = ? AND uid_next = ? AND mod_seq = ?",
        box.token,
        box.gone,
        box.uidNext,
        box.modSeq,
        box.historyFloor,
        box.historyTrimmed,
        box.tally.messages(),
        box.tally.octets(),
        box.tally.unseen(),
        box.tally.deleted(),
        box.tally.deletedOctets(),
        String.join(" ", box.keywords),
        box.intentOctets(),
        Bucket.toText(box.buckets),
        box.id,
        expected,
        before.uidNext,
        before.modSeq);
  }
}
