package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import org.posthorn.store.StoreException;

/** Raises the floor of a mailbox's history, before rows of it go by themselves. Thread-safe. */
final class HistoryFloor {
  private final Cql cql;
  private final Settings settings;

  HistoryFloor(Cql cql, Settings settings) {
    this.cql = cql;
    this.settings = settings;
  }

  /** With a change that takes place anyway, and not with every one. */
  void raise(Draft draft) throws StoreException {
    long now = settings.millis();
    if (!draft.mutates() || now - draft.before.historyTrimmed < settings.historyMillis() / 16) {
      return;
    }
    draft.box.historyTrimmed = now;
    Row oldest =
        cql.one(
            "SELECT n, at FROM mailbox WHERE id = ? AND kind = 1 ORDER BY kind, n LIMIT 1",
            draft.box.id);
    if (oldest == null || oldest.getLong("at") > now - settings.historyMillis()) {
      return;
    }
    long floor = 0;
    for (Row row :
        cql.all("SELECT n, at FROM mailbox WHERE id = ? AND kind = 1 LIMIT 5000", draft.box.id)) {
      if (row.getLong("at") <= now - settings.historyMillis()) {
        floor = row.getLong("n");
      }
    }
    if (floor > draft.before.historyFloor) {
      draft.trim(floor);
    }
  }
}
