package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Reads rows of messages, wherever they lie: below a mark, which only rises, in sections, else in
 * the mailbox's own partition. The mark is read with the rows, so that none is missed that goes
 * into its section meanwhile. Thread-safe.
 */
final class Messages {
  static final String COLUMNS =
      "n, mod, flags, words, body, size, date, zone, saved, thread, email";

  /** Two ranges with fewer UIDs between them are read as one. */
  private static final int GAP = 256;

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

  final Cql cql;
  private final Map<String, Mark> marks = new ConcurrentHashMap<>();

  Messages(Cql cql) {
    this.cql = cql;
  }

  /** Those that are there, ascending; at most {@code limit}. */
  List<Message> read(String mailbox, UidSet uids, int limit) throws StoreException {
    List<Message> found = new ArrayList<>();
    int i = 0;
    while (i < uids.rangeCount() && found.size() < limit) {
      long first = uids.rangeFirst(i);
      long last = uids.rangeLast(i++);
      while (i < uids.rangeCount() && uids.rangeFirst(i) - last < GAP) {
        last = uids.rangeLast(i++);
      }
      long from = first;
      while (from <= last && found.size() < limit) {
        // Rows between the ranges count as well, hence the loop.
        int page = limit - found.size();
        List<Row> rows = rows(COLUMNS, mailbox, from, last, page);
        for (Row row : rows) {
          from = row.getLong("n") + 1;
          if (uids.contains(row.getLong("n"))) {
            found.add(Message.of(row));
          }
        }
        if (rows.size() < page) {
          break;
        }
      }
    }
    return found;
  }

  /** All of them that are there. */
  List<Message> read(String mailbox, UidSet uids) throws StoreException {
    return read(mailbox, uids, Integer.MAX_VALUE);
  }

  /** Some columns of all messages. */
  List<Row> all(String columns, String mailbox) throws StoreException {
    return rows(columns, mailbox, 1, UidSet.MAX_UID, Integer.MAX_VALUE);
  }

  private List<Row> rows(String columns, String mailbox, long first, long last, int limit)
      throws StoreException {
    List<Row> found = new ArrayList<>();
    long from = first;
    while (from <= last && found.size() < limit) {
      Mark mark = marks.getOrDefault(mailbox, Mark.NONE);
      int wanted = limit - found.size();
      if (from < mark.closedBelow) {
        long section = from / mark.sectionUids;
        long end = Math.min(last, (section + 1) * mark.sectionUids - 1);
        String partition = Sections.partition(mailbox, section);
        List<Row> rows = cql.all(select(columns), partition, from, end, wanted);
        // A mailbox that was restored in its place begins anew.
        Mark now = rows.isEmpty() ? mark(mailbox) : mark;
        if (now.equals(mark)) {
          found.addAll(rows);
          from = end + 1;
        } else {
          marks.put(mailbox, now);
        }
      } else {
        List<Row> rows =
            cql.all(select(columns + ", closed_below, section_uids"), mailbox, from, last, wanted);
        // Of several pages the last may have come after the mark rose.
        Mark now =
            rows.isEmpty() || rows.size() >= Cql.PAGE
                ? mark(mailbox)
                : Mark.of(rows.get(rows.size() - 1));
        if (now.closedBelow <= from) {
          found.addAll(rows);
          return found;
        }
        if (marks.size() >= CACHED) {
          marks.clear();
        }
        marks.put(mailbox, now);
      }
    }
    return found;
  }

  private static String select(String columns) {
    return "SELECT "
        + columns
        + " FROM mailbox WHERE id = ? AND kind = 0 AND n >= ? AND n <= ? LIMIT ?";
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
