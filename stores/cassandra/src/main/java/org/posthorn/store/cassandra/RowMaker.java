package org.posthorn.store.cassandra;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Item;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/** Makes the rows of a page from rows of the table. */
final class RowMaker {
  /** Indexes are read so many at a time, as it is not known before how large they are. */
  private static final int INDEXES = 100;

  private static final int ROW_OCTETS = 32;

  private final Cql cql;
  private final Set<Item> items;

  RowMaker(Cql cql, Set<Item> items) {
    this.cql = cql;
    this.items = items;
  }

  /** Rows worth to be read for a page; one more tells whether there is more. */
  static int most(PageLimit max, Set<Item> items) {
    int rows = items.contains(Item.INDEX) ? Math.min(max.rows(), 10 * INDEXES) : max.rows();
    return (int) Math.min(Integer.MAX_VALUE, rows + 1L);
  }

  Page page(List<Message> messages, PageLimit max) throws StoreException {
    List<Row> rows = new ArrayList<>();
    List<@Nullable MessageIndex> indexes = List.of();
    boolean withIndex = items.contains(Item.INDEX);
    long octets = 0;
    int limit = Math.min(max.rows(), most(max, items) - 1);
    for (int i = 0; i < messages.size(); i++) {
      Message m = messages.get(i);
      if (i >= limit || (i > 0 && octets >= max.bytes())) {
        return new Page(rows, m.uid());
      }
      if (withIndex && i % INDEXES == 0) {
        indexes = Bodies.indexes(cql, messages.subList(i, Math.min(messages.size(), i + INDEXES)));
      }
      MessageIndex index = withIndex ? indexes.get(i % INDEXES) : null;
      rows.add(row(m, index));
      octets += ROW_OCTETS + m.flags().imap().length + (index == null ? 0 : index.encode().length);
    }
    return new Page(rows, 0);
  }

  private Row row(Message m, @Nullable MessageIndex index) {
    boolean ids = items.contains(Item.IDS);
    return new Row(
        m.uid(),
        m.modSeq(),
        m.flags(),
        items.contains(Item.SIZE) ? m.size() : -1,
        items.contains(Item.INTERNAL_DATE) ? m.internalDate() : null,
        items.contains(Item.SAVE_DATE) ? Instant.ofEpochMilli(m.saved()) : null,
        ids ? m.emailId() : null,
        ids ? m.thread() : null,
        index);
  }
}
