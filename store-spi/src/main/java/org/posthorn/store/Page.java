package org.posthorn.store;

import java.util.List;

/**
 * A page of rows.
 *
 * @param rows ascending by UID
 * @param next the first UID that was not looked at, 0 when the set is exhausted
 */
public record Page(List<Row> rows, long next) {
  public Page {
    rows = List.copyOf(rows);
  }
}
