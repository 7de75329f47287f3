package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import org.posthorn.store.StoreException;

/** Raises the floor of a mailbox's history, before rows of it go by themselves. Thread-safe. */
final class HistoryFloor {
  private final Cql cql;
  private final Settings settings;
  private final int look;

  HistoryFloor(Cql cql, Settings settings) {
    this(cql, settings, Cql.PAGE);
  }

  /**
   * For tests.
   *
   * @param look rows that are read at a time
   */
  HistoryFloor(Cql cql, Settings settings, int look) {
    this.cql = cql;
    this.settings = settings;
    this.look = look;
  }

  /** With a change that takes place anyway, and not with every one. */
  void raise(Draft draft) throws StoreException {
    long now = settings.millis();
    if (!draft.mutates() || now - draft.before.historyTrimmed < settings.historyMillis() / 16) {
      return;
    }
    draft.box.historyTrimmed = now;
    long floor = lastBefore(draft, now - settings.historyMillis());
    if (floor > draft.before.historyFloor) {
      draft.trim(floor);
    }
  }

  /** The MODSEQ of the last mutation up to a time. Mostly the oldest is young already. */
  private long lastBefore(Draft draft, long time) throws StoreException {
    long last = 0;
    int count = 1;
    while (true) {
      List<Row> rows =
          cql.all(
              "SELECT n, at FROM mailbox WHERE id = ? AND kind = 1 AND n > ? LIMIT ?",
              draft.box.id,
              last,
              count);
      for (Row row : rows) {
        if (row.getLong("at") > time) {
          return last;
        }
        last = row.getLong("n");
      }
      if (rows.size() < count) {
        return last;
      }
      count = look;
    }
  }
}
