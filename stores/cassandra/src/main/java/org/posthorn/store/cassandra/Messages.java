package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Reads rows of messages, wherever they lie: below a mark, which only rises, in sections, else in
 * the mailbox's own partition. The mark is read with the rows, so that none is missed that goes
 * into its section meanwhile. Never more than {@value Cql#PAGE} rows are held that nobody asked to
 * keep. Thread-safe.
 */
final class Messages {
  static final String COLUMNS =
      "n, mod, flags, words, body, size, date, zone, saved, thread, email, mod_seq";

  /** UIDs that are asked for one by one, in one request. */
  private static final int TOGETHER = 250;

  /** All between two UIDs is read where no more than one of so many rows is in vain. */
  private static final int DENSE = 4;

  private static final int CACHED = 20_000;

  /** Where the sections end, and how many UIDs each has. */
  private record Mark(long closedBelow, long sectionUids) {
    static final Mark NONE = new Mark(0, 1);

    static Mark of(@Nullable Row row) {
      return row == null || row.getLong("closed_below") == 0
          ? NONE
          : new Mark(row.getLong("closed_below"), row.getLong("section_uids"));
    }
  }

  /**
   * Messages as they were read.
   *
   * @param modSeq of the partitions at that moment, the greatest: what is younger does not show
   */
  record Found(List<Message> messages, long modSeq) {}

  /** Takes rows one by one. */
  interface Taker {
    void take(Row row) throws StoreException;
  }

  final Cql cql;
  private final Map<String, Mark> marks = new ConcurrentHashMap<>();

  Messages(Cql cql) {
    this.cql = cql;
  }

  /** Those that are there, ascending; at most {@code limit}. */
  Found find(String mailbox, UidSet uids, int limit) throws StoreException {
    List<Message> found = new ArrayList<>();
    long[] modSeq = new long[1];
    each(
        COLUMNS,
        mailbox,
        uids,
        limit,
        row -> {
          found.add(Message.of(row));
          modSeq[0] = Math.max(modSeq[0], row.getLong("mod_seq"));
        });
    return new Found(found, modSeq[0]);
  }

  /** All of them that are there, ascending. */
  List<Message> read(String mailbox, UidSet uids) throws StoreException {
    return find(mailbox, uids, Integer.MAX_VALUE).messages;
  }

  /**
   * Some columns of the messages that are there, ascending.
   *
   * @param columns n among them
   */
  void each(String columns, String mailbox, UidSet uids, Taker taker) throws StoreException {
    each(columns, mailbox, uids, Integer.MAX_VALUE, taker);
  }

  private void each(String columns, String mailbox, UidSet uids, int limit, Taker taker)
      throws StoreException {
    UidSet rest = uids;
    int found = 0;
    while (!rest.isEmpty() && found < limit) {
      Mark mark = marks.getOrDefault(mailbox, Mark.NONE);
      long first = rest.first();
      boolean inSection = first < mark.closedBelow;
      long section = first / mark.sectionUids;
      UidSet here = inSection ? rest.clamp(first, (section + 1) * mark.sectionUids - 1) : rest;
      UidSet piece = piece(here);
      int most = Math.min(Cql.PAGE, limit - found);
      List<Row> rows =
          inSection
              ? rows(columns, Sections.partition(mailbox, section), piece, most)
              : rows(columns + ", closed_below, section_uids", mailbox, piece, most);
      if (!holds(mailbox, mark, inSection, first, rows)) {
        continue;
      }
      long last = rows.size() < most ? piece.last() : rows.get(rows.size() - 1).getLong("n");
      for (Row row : rows) {
        if (uids.contains(row.getLong("n"))) {
          taker.take(row);
          found++;
        }
      }
      rest = last < rest.last() ? rest.clamp(last + 1, rest.last()) : UidSet.EMPTY;
    }
  }

  /**
   * What one request asks for of these: a range where most of it is wanted, else UIDs one by one.
   */
  private static UidSet piece(UidSet uids) {
    long first = uids.first();
    long count = 0;
    int i = 0;
    while (i < uids.rangeCount()) {
      long more = count + uids.rangeLast(i) - uids.rangeFirst(i) + 1;
      if (uids.rangeLast(i) - first + 1 > DENSE * more) {
        break;
      }
      count = more;
      i++;
    }
    return i == uids.rangeCount() || count >= TOGETHER
        ? UidSet.range(first, uids.rangeLast(i - 1))
        : uids.slice(0, Math.min(uids.size(), TOGETHER));
  }

  private List<Row> rows(String columns, String partition, UidSet piece, int most)
      throws StoreException {
    String select = "SELECT " + columns + " FROM mailbox WHERE id = ? AND kind = 0 AND n ";
    return piece.rangeCount() == 1
        ? cql.all(select + ">= ? AND n <= ? LIMIT ?", partition, piece.first(), piece.last(), most)
        : cql.all(
            select + "IN ? LIMIT ?",
            partition,
            piece.stream().boxed().collect(Collectors.toList()),
            most);
  }

  /** Whether rows were looked for where they are; else the mark is another one now. */
  private boolean holds(String mailbox, Mark mark, boolean inSection, long first, List<Row> rows)
      throws StoreException {
    if (inSection && !rows.isEmpty()) {
      return true;
    }
    Mark now = rows.isEmpty() ? mark(mailbox) : Mark.of(rows.get(rows.size() - 1));
    // A mailbox that was restored in its place begins anew.
    if (inSection ? now.equals(mark) : now.closedBelow <= first) {
      return true;
    }
    if (marks.size() >= CACHED) {
      marks.clear();
    }
    marks.put(mailbox, now);
    return false;
  }

  private Mark mark(String mailbox) throws StoreException {
    return Mark.of(
        cql.one("SELECT DISTINCT closed_below, section_uids FROM mailbox WHERE id = ?", mailbox));
  }

  static UidSet uids(List<Message> messages) {
    UidSet.Builder uids = UidSet.builder();
    for (Message message : messages) {
      uids.add(message.uid());
    }
    return uids.build();
  }
}
