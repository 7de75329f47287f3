package org.posthorn.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Reads pages of rows: looks at what was asked for and at nothing else. */
final class RowReader {
  /** Messages up to this size come with their rows. */
  static final int SMALL = 16 << 10;

  /** Where only headers are wanted, so many octets of each message are looked at. */
  private static final int HEADER = 4 << 10;

  private static final String COLUMNS =
      "SELECT m.uid, m.octets, m.internal_date, m.zone, m.save_date";
  private static final String RANGE =
      " WHERE m.mailbox = ? AND m.uid BETWEEN ? AND ? ORDER BY m.uid LIMIT ?";
  private static final String NO_OCTETS = ", NULL, 0";
  private static final String FIRST_OCTETS =
      ", CASE WHEN c.packed = 0 THEN substr(c.data, 1, "
          + HEADER
          + ") WHEN m.octets <= "
          + SMALL
          + " THEN c.data END, c.packed";
  private static final String ALL_OCTETS =
      ", CASE WHEN m.octets <= " + SMALL + " THEN c.data END, c.packed";

  /** By {@link #statement}. */
  private static final String[] STATEMENTS = new String[12];

  static {
    for (int i = 0; i < STATEMENTS.length; i++) {
      boolean ids = (i & 1) != 0;
      boolean index = (i & 2) != 0;
      int octets = i / 4;
      STATEMENTS[i] =
          COLUMNS
              + (ids ? ", b.email_id, b.thread" : ", NULL, NULL")
              + (index ? ", i.data" : ", NULL")
              + (octets == 0 ? NO_OCTETS : octets == 1 ? FIRST_OCTETS : ALL_OCTETS)
              + " FROM message m"
              + (ids ? " LEFT JOIN body b ON b.id = m.body" : "")
              + (index ? " LEFT JOIN mime_index i ON i.body = m.body" : "")
              + (octets == 0 ? "" : " LEFT JOIN chunk c ON c.id = m.body * " + Bodies.CHUNKS)
              + RANGE;
    }
  }

  /** What a row weighs besides its flags and index. */
  private static final int ROW_OCTETS = 16;

  private final Db db;
  private final Keywords keywords;
  private final Set<Item> items;
  private final PageLimit max;
  private final boolean ids;
  private final boolean index;
  private final boolean headerWanted;
  private final boolean octetsWanted;
  private final String sql;
  private final RunCursor runs;
  private final List<Row> rows = new ArrayList<>();
  private long octets;
  private @Nullable Run flagsOf;
  private Flags flags = Flags.NONE;

  RowReader(Db db, Keywords keywords, Set<Item> items, PageLimit max, RunCursor runs) {
    this.runs = runs;
    this.db = db;
    this.keywords = keywords;
    this.items = items;
    this.max = max;
    this.ids = items.contains(Item.IDS);
    this.index = items.contains(Item.INDEX);
    this.octetsWanted = items.contains(Item.OCTETS);
    this.headerWanted = items.contains(Item.HEADER);
    this.sql = STATEMENTS[statement()];
  }

  private int statement() {
    return (ids ? 1 : 0) + (index ? 2 : 0) + (octetsWanted ? 8 : headerWanted ? 4 : 0);
  }

  /** Whether more is asked for than what runs tell. */
  boolean needsMessages() {
    return !items.isEmpty();
  }

  /** The page of messages that exist, by their runs alone. */
  Page read(UidSet uids) throws SQLException {
    for (int i = 0; i < uids.rangeCount(); i++) {
      for (long uid = uids.rangeFirst(i); uid <= uids.rangeLast(i); uid++) {
        Run run = runs.at(uid);
        add(Row.of(uid, run.modSeq(), flags(run)));
        if (isFull()) {
          return new Page(rows, following(uids, uid));
        }
      }
    }
    return new Page(rows, 0);
  }

  /** The page of {@code uids}; {@code ranges} cover those of them that exist. */
  Page read(UidSet uids, List<UidSet.Range> ranges) throws SQLException, StoreException {
    for (UidSet.Range range : ranges) {
      try (ResultSet found =
          db.open(sql, runs.mailbox(), range.first(), range.last(), max.rows() - rows.size())) {
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

  private Row row(ResultSet found) throws SQLException, StoreException {
    OffsetDateTime date = items.contains(Item.INTERNAL_DATE) ? date(found) : null;
    Instant saved = items.contains(Item.SAVE_DATE) ? Instant.ofEpochMilli(found.getLong(5)) : null;
    MessageIndex known = index ? index(found) : null;
    long uid = found.getLong(1);
    Run run = runs.at(uid);
    return new Row(
        uid,
        run.modSeq(),
        flags(run),
        items.contains(Item.SIZE) ? found.getLong(2) : -1,
        date,
        saved,
        ids ? found.getString(6) : null,
        ids ? found.getString(7) : null,
        known,
        headerWanted || octetsWanted ? start(found, known) : null);
  }

  /** Of a message of which only the header is wanted no more is kept. */
  private @Nullable Octets start(ResultSet found, @Nullable MessageIndex known)
      throws SQLException, StoreException {
    byte[] data = found.getBytes(9);
    if (data == null) {
      return null;
    }
    byte[] start = new Chunk(data, found.getInt(10)).inflated();
    if (!octetsWanted && known != null && known.root().bodyStart() < start.length) {
      start = Arrays.copyOf(start, (int) known.root().bodyStart());
    }
    octets += start.length;
    return Octets.of(start);
  }

  /** Runs of a page have few flags, most often the same as the one before. */
  private Flags flags(Run run) throws SQLException {
    if (!run.equals(flagsOf)) {
      flags = keywords.flags(db, run.systemBits(), run.keywords());
      flagsOf = run;
    }
    return flags;
  }

  private static OffsetDateTime date(ResultSet found) throws SQLException {
    return OffsetDateTime.ofInstant(
        Instant.ofEpochSecond(found.getLong(3)), ZoneOffset.ofTotalSeconds(found.getInt(4)));
  }

  private @Nullable MessageIndex index(ResultSet found) throws SQLException {
    byte[] stored = found.getBytes(8);
    if (stored != null) {
      octets += stored.length;
    }
    return Bodies.decodeIndex(stored);
  }
}
