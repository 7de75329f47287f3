package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.sqlite.Db;

/** Whether the file of an account agrees with itself. Each query finds what is wrong. */
final class IntegrityCheck {
  private static final String COUNTERS =
      "SELECT 'counters of mailbox ' || b.id FROM mailbox b LEFT JOIN (SELECT mailbox, count(*) AS"
          + " messages, sum(octets) AS octets, sum(CASE WHEN flags & 1 = 0 THEN 1 ELSE 0 END) AS"
          + " unseen, sum(CASE WHEN flags & 8 = 8 THEN 1 ELSE 0 END) AS deleted, sum(CASE WHEN"
          + " flags & 8 = 8 THEN octets ELSE 0 END) AS deleted_octets FROM message GROUP BY"
          + " mailbox) m ON m.mailbox = b.id WHERE b.account = ? AND b."
          + HiddenMailbox.NOT_HIDDEN
          + " AND (b.messages <> coalesce(m.messages, 0) OR b.octets <> coalesce(m.octets, 0) OR"
          + " b.unseen <> coalesce(m.unseen, 0) OR b.deleted <> coalesce(m.deleted, 0) OR"
          + " b.deleted_octets <> coalesce(m.deleted_octets, 0))";

  private static final String UIDS =
      "SELECT 'uid or modseq of message ' || m.uid || ' in mailbox ' || b.id"
          + " FROM message m JOIN mailbox b ON b.id = m.mailbox"
          + " WHERE b.account = ? AND (m.uid >= b.uid_next OR m.mod_seq > b.mod_seq)";

  private static final String VANISHED_RANGES =
      "SELECT 'vanished ranges of mailbox ' || b.id FROM mailbox b WHERE b.account = ? AND"
          + " b.vanished_ranges <> (SELECT count(*) FROM vanished v WHERE v.mailbox = b.id)";

  private static final String VANISHED_AND_THERE =
      "SELECT 'message ' || m.uid || ' vanished and is there, mailbox ' || m.mailbox"
          + " FROM mailbox b JOIN vanished v ON v.mailbox = b.id"
          + " JOIN message m ON m.mailbox = v.mailbox"
          + " AND m.uid BETWEEN v.first_uid AND v.last_uid WHERE b.account = ?";

  private static final String REFERENCES =
      "SELECT 'references of body ' || b.id FROM body b LEFT JOIN"
          + " (SELECT body, count(*) AS n FROM message GROUP BY body) m ON m.body = b.id"
          + " WHERE b.account = ? AND b.refs <> coalesce(m.n, 0)";

  private static final String BODIES =
      "SELECT 'body of message ' || m.uid || ' in mailbox ' || m.mailbox FROM message m"
          + " JOIN mailbox x ON x.id = m.mailbox LEFT JOIN body b ON b.id = m.body"
          + " WHERE x.account = ? AND (b.id IS NULL OR b.octets <> m.octets)";

  private static final String CHUNKS =
      "SELECT 'chunks of body ' || b.id FROM body b WHERE b.account = ? AND b.refs > 0 AND b.octets"
          + " <> (SELECT coalesce(sum(CASE WHEN c.packed = 0 THEN length(c.data) ELSE c.packed"
          + " END), 0) FROM chunk c WHERE c.id BETWEEN b.id << 20 AND (b.id << 20) + 1048575)";

  private static final String STRAY_CHUNKS =
      "SELECT 'stray chunk ' || c.id FROM chunk c LEFT JOIN body b ON b.id = c.id >> 20"
          + " WHERE b.id IS NULL";

  private static final List<String> QUERIES =
      List.of(COUNTERS, UIDS, VANISHED_RANGES, VANISHED_AND_THERE, REFERENCES, BODIES, CHUNKS);

  private IntegrityCheck() {}

  /** Counters, references and history of an account against its messages. */
  static List<String> ofAccount(Db db) throws SQLException {
    List<String> wrong = new ArrayList<>();
    for (String query : QUERIES) {
      wrong.addAll(db.all(row -> row.getString(1), query, db.tenant()));
    }
    return wrong;
  }

  /** The same, after SQLite's own checks of the file. */
  static List<String> ofFile(Db db) throws SQLException {
    List<String> wrong = new ArrayList<>();
    List<String> sqlite = db.all(row -> row.getString(1), "PRAGMA integrity_check");
    if (!sqlite.equals(List.of("ok"))) {
      wrong.addAll(sqlite);
    }
    db.each(row -> wrong.add("foreign key of " + row.getString(1)), "PRAGMA foreign_key_check");
    wrong.addAll(ofAccount(db));
    wrong.addAll(db.all(row -> row.getString(1), STRAY_CHUNKS));
    return wrong;
  }
}
