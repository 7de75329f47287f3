package org.posthorn.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.UidSet;

/** Reads pages of rows: looks at what was asked for and at nothing else. */
final class RowReader {
  private static final String COLUMNS =
      "SELECT m.uid, m.mod_seq, m.flags, m.keywords, m.octets, m.internal_date, m.zone,"
          + " m.save_date";
  private static final String RANGE =
      " WHERE m.mailbox = ? AND m.uid BETWEEN ? AND ? ORDER BY m.uid LIMIT ?";
  private static final String PLAIN = COLUMNS + ", NULL, NULL, NULL FROM message m" + RANGE;
  private static final String WITH_IDS =
      COLUMNS
          + ", b.email_id, NULL, b.thread FROM message m LEFT JOIN body b ON b.id = m.body"
          + RANGE;
  private static final String WITH_INDEX =
      COLUMNS
          + ", NULL, i.data, NULL FROM message m LEFT JOIN mime_index i ON i.body = m.body"
          + RANGE;
  private static final String WITH_BOTH =
      COLUMNS
          + ", b.email_id, i.data, b.thread FROM message m LEFT JOIN body b ON b.id = m.body"
          + " LEFT JOIN mime_index i ON i.body = m.body"
          + RANGE;

  /** What a row weighs besides its flags and index. */
  private static final int ROW_OCTETS = 16;

  private final Db db;
  private final Keywords keywords;
  private final Set<Item> items;
  private final PageLimit max;
  private final String sql;
  private final List<Row> rows = new ArrayList<>();
  private long octets;

  RowReader(Db db, Keywords keywords, Set<Item> items, PageLimit max) {
    this.db = db;
    this.keywords = keywords;
    this.items = items;
    this.max = max;
    boolean ids = items.contains(Item.IDS);
    boolean index = items.contains(Item.INDEX);
    this.sql = ids ? (index ? WITH_BOTH : WITH_IDS) : (index ? WITH_INDEX : PLAIN);
  }

  /** The page of {@code uids}; {@code ranges} cover those of them that exist. */
  Page read(long mailbox, UidSet uids, List<UidSet.Range> ranges) throws SQLException {
    for (UidSet.Range range : ranges) {
      try (ResultSet found =
          db.open(sql, mailbox, range.first(), range.last(), max.rows() - rows.size())) {
        while (found.next()) {
          add(row(found));
          if (isFull()) {
            return new Page(rows, following(uids, rows.get(rows.size() - 1).uid()));
          }
        }
      }
    }
    return new Page(rows, 0);
  }

  private boolean isFull() {
    return rows.size() >= max.rows() || octets >= max.bytes();
  }

  private void add(Row row) {
    rows.add(row);
    octets += weight(row.flags());
  }

  static int weight(Flags flags) {
    return ROW_OCTETS + flags.imap().length;
  }

  private static long following(UidSet uids, long uid) {
    long rank = uids.rank(uid + 1);
    return rank < uids.size() ? uids.nth(rank) : 0;
  }

  private Row row(ResultSet found) throws SQLException {
    OffsetDateTime date = items.contains(Item.INTERNAL_DATE) ? date(found) : null;
    Instant saved = items.contains(Item.SAVE_DATE) ? Instant.ofEpochMilli(found.getLong(8)) : null;
    return new Row(
        found.getLong(1),
        found.getLong(2),
        keywords.flags(db, found.getInt(3), found.getLong(4)),
        items.contains(Item.SIZE) ? found.getLong(5) : -1,
        date,
        saved,
        items.contains(Item.IDS) ? found.getString(9) : null,
        items.contains(Item.IDS) ? found.getString(11) : null,
        items.contains(Item.INDEX) ? index(found) : null);
  }

  private static OffsetDateTime date(ResultSet found) throws SQLException {
    return OffsetDateTime.ofInstant(
        Instant.ofEpochSecond(found.getLong(6)), ZoneOffset.ofTotalSeconds(found.getInt(7)));
  }

  private @Nullable MessageIndex index(ResultSet found) throws SQLException {
    byte[] stored = found.getBytes(10);
    if (stored != null) {
      octets += stored.length;
    }
    return Bodies.decodeIndex(stored);
  }
}
