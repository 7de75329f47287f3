package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * The older messages of a large mailbox lie in sections, partitions of their own that each have a
 * range of UIDs. A section is filled while nobody looks there; then the mark in the head of the
 * mailbox rises, by the batch that removes the rows from the mailbox's own partition. From then on
 * only intents change it. Each section has a head with a stamp of its own, which every batch asks
 * for, and the MODSEQ of the last intent, so that whoever comes late with an older one changes
 * nothing.
 */
final class Sections {
  private static final String HEAD =
      "SELECT DISTINCT stamp, gone, uid_next, mod_seq FROM mailbox WHERE id = ?";

  private final Cql cql;
  private final Settings settings;

  Sections(Cql cql, Settings settings) {
    this.cql = cql;
    this.settings = settings;
  }

  /**
   * A section as it is.
   *
   * @param next the first UID that was not brought there yet
   */
  record Head(String partition, UUID stamp, boolean gone, long next, long modSeq) {}

  static String partition(String mailbox, long section) {
    return mailbox + "#" + section;
  }

  /** The last UID of the section that has a UID. */
  static long last(Box box, long uid) {
    return (uid / box.sectionUids + 1) * box.sectionUids - 1;
  }

  private long size(Box box) {
    return box.sectionUids > 0 ? box.sectionUids : settings.sectionUids();
  }

  /**
   * The mark to which it should rise by one section, 0 where it is high enough. A fifth of a
   * section stays, since it is new mail whose flags change.
   */
  long due(Box box) {
    long below = box.closedBelow + size(box);
    return box.uidNext >= below + size(box) / 5 ? below : 0;
  }

  /** Begins to fill the next section. */
  void begin(Draft draft, long below) {
    draft.touch();
    draft.box.sectionUids = size(draft.before);
    draft.box.intent = new Intent.Split(draft.before.modSeq, below);
  }

  @Nullable Head head(String partition) throws StoreException {
    Row row = cql.decided(HEAD, partition);
    UUID stamp = row == null ? null : row.getUuid("stamp");
    return row == null || stamp == null
        ? null
        : new Head(
            partition,
            stamp,
            row.getBoolean("gone"),
            row.getLong("uid_next"),
            row.getLong("mod_seq"));
  }

  /** The section with a UID below the mark. */
  @Nullable Head of(Box box, long uid) throws StoreException {
    return head(partition(box.id, uid / box.sectionUids));
  }

  /**
   * Changes rows by what an intent of this MODSEQ says.
   *
   * @return false where it is not known to be done: whoever asks looks again
   */
  boolean change(Head head, long modSeq, long next, List<BoundStatement> rows)
      throws StoreException {
    return write(head, head.gone, next, modSeq, rows);
  }

  private boolean write(Head head, boolean gone, long next, long modSeq, List<BoundStatement> rows)
      throws StoreException {
    List<BoundStatement> batch = new ArrayList<>();
    batch.add(
        cql.bind(
            "UPDATE mailbox SET stamp = ?, gone = ?, uid_next = ?, mod_seq = ? WHERE id = ?"
                + " IF stamp = ?",
            Ids.token(),
            gone,
            next,
            modSeq,
            head.partition,
            head.stamp));
    batch.addAll(rows);
    return cql.conditional(batch) == Cql.Outcome.APPLIED;
  }

  private void create(Box box, String partition, boolean gone, long next, long modSeq)
      throws StoreException {
    cql.conditional(
        List.of(
            cql.bind(
                "UPDATE mailbox SET stamp = ?, account = ?, gone = ?, uid_next = ?, mod_seq = ?"
                    + " WHERE id = ? IF stamp = null",
                Ids.token(),
                box.account,
                gone,
                next,
                modSeq,
                partition)));
  }

  /**
   * Brings the rows of the next section there, beginning where the last who tried ended.
   *
   * @return false where somebody else went further meanwhile
   */
  boolean fill(Box box, Intent.Split split) throws StoreException {
    long first = Math.max(1, box.closedBelow);
    String partition = partition(box.id, box.closedBelow / box.sectionUids);
    long reached = 0;
    for (int attempt = 0; attempt < Boxes.ATTEMPTS; attempt++) {
      Head head = head(partition);
      if (head == null) {
        create(box, partition, false, first, split.modSeq());
        continue;
      }
      if (head.next > reached) {
        reached = head.next;
        attempt = 0;
      }
      if (head.gone || head.modSeq > split.modSeq()) {
        return false;
      }
      long from = Math.max(first, head.next);
      if (from >= split.below()) {
        return true;
      }
      List<Message> found = new ArrayList<>();
      for (Row row :
          cql.all(
              "SELECT "
                  + Messages.COLUMNS
                  + " FROM mailbox WHERE id = ? AND kind = 0 AND n >= ? AND n < ? LIMIT ?",
              box.id,
              from,
              split.below(),
              Boxes.BATCH)) {
        found.add(Message.of(row));
      }
      int end = MessageRows.end(found, 0);
      boolean more = end < found.size() || end == Boxes.BATCH;
      long next = more ? found.get(end - 1).uid() + 1 : split.below();
      List<BoundStatement> rows = new ArrayList<>();
      for (Message message : found.subList(0, end)) {
        rows.add(MessageRows.insert(cql, partition, message));
      }
      change(head, split.modSeq(), next, rows);
    }
    throw Boxes.contention();
  }

  /** The mailbox is gone, or begins anew: so do its sections, also one that is being filled. */
  void clear(Box box, boolean gone) throws StoreException {
    for (long section = 0; section <= box.uidNext / size(box); section++) {
      String partition = partition(box.id, section);
      if (section > 0 || box.uidNext >= size(box)) {
        clear(box, partition, gone);
      }
    }
  }

  private void clear(Box box, String partition, boolean gone) throws StoreException {
    for (int attempt = 0; attempt < Boxes.ATTEMPTS; attempt++) {
      Head head = head(partition);
      if (head == null) {
        create(box, partition, gone, 0, 0);
      } else if (head.gone == gone && head.next == 0) {
        return;
      } else {
        write(
            head, gone, 0, 0, List.of(MessageRows.deleteBelow(cql, partition, UidSet.MAX_UID + 1)));
      }
    }
    throw Boxes.contention();
  }
}
