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
 * A page of what changed in a mailbox: two index look-ups, one for runs of messages that are there
 * and one for messages that went, cut at the same point.
 */
final class ChangeFeed {
  private record Gone(long modSeq, long first, long last) {}

  private final Db db;
  private final AccountMail mail;
  private final MailboxRow mailbox;
  private final List<Row> changed = new ArrayList<>();
  private final List<Gone> gone = new ArrayList<>();

  ChangeFeed(Db db, AccountMail mail, MailboxRow mailbox) {
    this.db = db;
    this.mail = mail;
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
    for (Run run : Runs.changedAfter(db, mailbox.id, from, max.rows() + 1L)) {
      Flags flags = mail.keywords.flags(db, run.systemBits(), run.keywords());
      UidSet uids = uids(run, from);
      for (int i = 0; i < uids.rangeCount(); i++) {
        for (long uid = uids.rangeFirst(i); uid <= uids.rangeLast(i); uid++) {
          if (changed.size() >= max.rows() || octets >= max.bytes()) {
            return true;
          }
          changed.add(Row.of(uid, run.modSeq(), flags));
          octets += RowReader.weight(flags);
        }
      }
    }
    return false;
  }

  /** Messages of a run behind a cursor; one that has one UID has a message there. */
  private UidSet uids(Run run, Cursor from) throws SQLException {
    long first =
        run.modSeq() == from.modSeq() ? Math.max(run.first(), from.uid() + 1) : run.first();
    return run.first() == run.last()
        ? UidSet.of(first)
        : mail.uidSets.at(db, mailbox).clamp(first, run.last());
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
