package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.posthorn.store.Flags;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/**
 * A mutation on its way: the head as it is to be, and rows of the same partition. It becomes one
 * conditional batch.
 */
final class Draft {
  final Box before;
  final Box box;
  private final Messages messages;
  private final Cql cql;
  private final List<BoundStatement> rows = new ArrayList<>();
  private final UidSet.Builder changed = UidSet.builder();
  private UidSet vanished = UidSet.EMPTY;
  private boolean mutates;
  private boolean changes;

  Draft(Messages messages, Box before) {
    this.messages = messages;
    this.cql = messages.cql;
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
  void row(Message message) throws StoreException {
    touch();
    rows.add(MessageRows.insert(cql, box.id, message));
  }

  /** Counts what becomes of a message. */
  void count(Message message, Flags flags) {
    Message after = message.with(flags, message.modSeq());
    box.tally = box.tally.plus(after.tally()).minus(message.tally());
  }

  /** New flags in the row of a message; counted already. */
  void flag(Message message, Flags flags, long modSeq) throws StoreException {
    touch();
    rows.add(MessageRows.flags(cql, box.id, message.uid(), flags, modSeq));
  }

  /** Counts that a message goes. */
  void uncount(Message message) {
    box.tally = box.tally.minus(message.tally());
  }

  /** The row of a message goes; counted already. */
  void delete(Message message) throws StoreException {
    touch();
    rows.add(MessageRows.delete(cql, box.id, message.uid()));
  }

  /** Rows of messages that are counted already. */
  void rows(List<BoundStatement> more) {
    touch();
    rows.addAll(more);
  }

  /** Messages up to here lie in sections from now on. */
  void close(long below) throws StoreException {
    touch();
    box.closedBelow = below;
    rows.add(MessageRows.deleteBelow(cql, box.id, below));
  }

  /** Messages of the mailbox as it was. */
  List<Message> read(UidSet uids) throws StoreException {
    return messages.read(box.id, uids);
  }

  /** Those that are marked as deleted; where none in the mailbox is, nobody looks for them. */
  UidSet deleted(UidSet among) throws StoreException {
    if (before.tally.deleted() == 0) {
      return UidSet.EMPTY;
    }
    UidSet.Builder marked = UidSet.builder();
    messages.each(
        "n, flags",
        box.id,
        among,
        row -> {
          if ((row.getInt("flags") & SystemFlag.DELETED.bit()) != 0) {
            marked.add(row.getLong("n"));
          }
        });
    return marked.build();
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

  /** The mailbox begins anew. */
  void renew(Box wanted) throws StoreException {
    clear();
    box.gone = false;
    box.uidNext = wanted.uidNext;
    box.modSeq = wanted.modSeq;
    box.historyFloor = wanted.historyFloor;
    box.keywords = List.of();
    box.closedBelow = 0;
    box.sectionUids = 0;
    rows.add(
        cql.bind(
            "UPDATE mailbox SET account = ?, recent_from = ? WHERE id = ?",
            wanted.account,
            wanted.recentFrom,
            box.id));
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
              UidOctets.encode(changed.build()),
              UidOctets.encode(vanished),
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
            + " deleted_octets = ?, keywords = ?, intent = ?, buckets = ?, closed_below = ?,"
            + " section_uids = ? WHERE id = ?"
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
        box.closedBelow,
        box.sectionUids,
        box.id,
        expected,
        before.uidNext,
        before.modSeq);
  }
}
