package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Reads rows of messages. */
final class Messages {
  static final String COLUMNS = "n, mod, flags, words, body, size, date, zone, saved, thread";

  /** Two ranges with fewer UIDs between them are read as one. */
  private static final int GAP = 256;

  private Messages() {}

  /** Those that are there, ascending; at most {@code limit}. */
  static List<Message> read(Cql cql, String mailbox, UidSet uids, int limit) throws StoreException {
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
        List<Row> rows =
            cql.all(
                "SELECT "
                    + COLUMNS
                    + " FROM mailbox WHERE id = ? AND kind = 0 AND n >= ? AND n <= ? LIMIT ?",
                mailbox,
                from,
                last,
                page);
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
  static List<Message> read(Cql cql, String mailbox, UidSet uids) throws StoreException {
    return read(cql, mailbox, uids, Integer.MAX_VALUE);
  }

  static UidSet uids(List<Message> messages) {
    UidSet.Builder uids = UidSet.builder();
    for (Message message : messages) {
      uids.add(message.uid());
    }
    return uids.build();
  }
}
