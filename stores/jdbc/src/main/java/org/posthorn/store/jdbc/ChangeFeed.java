package org.posthorn.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.Flags;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.UidSet;

/**
 * A page of what changed in a mailbox: two index look-ups, one for messages that are there and one
 * for those that went, cut at the same point.
 */
final class ChangeFeed {
  private record Gone(long modSeq, long first, long last) {}

  private final Db db;
  private final Keywords keywords;
  private final MailboxRow mailbox;
  private final List<Row> changed = new ArrayList<>();
  private final List<Gone> gone = new ArrayList<>();

  ChangeFeed(Db db, Keywords keywords, MailboxRow mailbox) {
    this.db = db;
    this.keywords = keywords;
    this.mailbox = mailbox;
  }

  Changes since(Cursor from, PageLimit max) throws SQLException {
    Cursor whole = Cursor.after(Math.max(mailbox.modSeq, from.modSeq()));
    Cursor end = whole;
    if (readChanged(from, max)) {
      Row last = changed.get(changed.size() - 1);
      end = new Cursor(last.modSeq(), last.uid());
    }
    if (readGone(from, max.rows())) {
      Gone last = gone.get(gone.size() - 1);
      if (!end.isBefore(last.modSeq, last.last)) {
        end = new Cursor(last.modSeq, last.last);
      }
    }
    return new Changes(
        changedUpTo(end),
        goneBetween(from, end),
        end,
        !end.equals(whole),
        from.isBefore(mailbox.vanishedFloor, Long.MAX_VALUE),
        false,
        Mailboxes.info(db, mailbox),
        mailbox.uidNext,
        mailbox.modSeq);
  }

  /** Whether there are more than the limit allows. */
  private boolean readChanged(Cursor from, PageLimit max) throws SQLException {
    long octets = 0;
    try (ResultSet found =
        db.open(
            "SELECT uid, mod_seq, flags, keywords FROM message"
                + " WHERE mailbox = ? AND (mod_seq, uid) > (?, ?) ORDER BY mod_seq, uid LIMIT ?",
            mailbox.id,
            from.modSeq(),
            from.uid(),
            max.rows() + 1L)) {
      while (found.next()) {
        if (changed.size() >= max.rows() || octets >= max.bytes()) {
          return true;
        }
        Flags flags = keywords.flags(db, found.getInt(3), found.getLong(4));
        changed.add(Row.of(found.getLong(1), found.getLong(2), flags));
        octets += RowReader.weight(flags);
      }
    }
    return false;
  }

  private boolean readGone(Cursor from, int max) throws SQLException {
    try (ResultSet found =
        db.open(
            "SELECT mod_seq, first_uid, last_uid FROM vanished"
                + " WHERE mailbox = ? AND (mod_seq, last_uid) > (?, ?)"
                + " ORDER BY mod_seq, first_uid LIMIT ?",
            mailbox.id,
            from.modSeq(),
            from.uid(),
            max + 1L)) {
      while (found.next()) {
        if (gone.size() >= max) {
          return true;
        }
        gone.add(new Gone(found.getLong(1), found.getLong(2), found.getLong(3)));
      }
    }
    return false;
  }

  private List<Row> changedUpTo(Cursor end) {
    return changed.stream().filter(row -> !end.isBefore(row.modSeq(), row.uid())).toList();
  }

  private UidSet goneBetween(Cursor from, Cursor end) {
    UidSet.Builder uids = UidSet.builder();
    for (Gone range : gone) {
      long first =
          range.modSeq == from.modSeq() && from.uid() != Long.MAX_VALUE
              ? Math.max(range.first, from.uid() + 1)
              : range.first;
      long last = range.modSeq == end.modSeq() ? Math.min(range.last, end.uid()) : range.last;
      if (!end.isBefore(range.modSeq, first) && first <= last) {
        uids.addRange(first, last);
      }
    }
    return uids.build();
  }
}
