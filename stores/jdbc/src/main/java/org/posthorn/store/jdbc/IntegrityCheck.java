package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.sqlite.Db;

/** Whether the file of an account agrees with itself. Each query finds what is wrong. */
final class IntegrityCheck {
  /** From runs to their messages, in this order: the other way round each message looks at all. */
  private static final String MESSAGES =
      "(SELECT m.mailbox, m.uid, m.octets, s.flags FROM message_state s CROSS JOIN message m"
          + " WHERE m.mailbox = s.mailbox AND m.uid BETWEEN s.first_uid AND s.last_uid)";

  private static final String COUNTERS =
      "SELECT 'counters of mailbox ' || b.id FROM mailbox b LEFT JOIN (SELECT mailbox, count(*) AS"
          + " messages, sum(octets) AS octets, sum(CASE WHEN flags & 1 = 0 THEN 1 ELSE 0 END) AS"
          + " unseen, sum(CASE WHEN flags & 8 = 8 THEN 1 ELSE 0 END) AS deleted, sum(CASE WHEN"
          + " flags & 8 = 8 THEN octets ELSE 0 END) AS deleted_octets FROM "
          + MESSAGES
          + " AS n GROUP BY mailbox) m ON m.mailbox = b.id WHERE b.account = ? AND b."
          + HiddenMailbox.NOT_HIDDEN
          + " AND (b.messages <> coalesce(m.messages, 0) OR b.octets <> coalesce(m.octets, 0) OR"
          + " b.unseen <> coalesce(m.unseen, 0) OR b.deleted <> coalesce(m.deleted, 0) OR"
          + " b.deleted_octets <> coalesce(m.deleted_octets, 0))";

  private static final String UIDS =
      "SELECT 'uid of message ' || m.uid || ' in mailbox ' || b.id"
          + " FROM message m JOIN mailbox b ON b.id = m.mailbox"
          + " WHERE b.account = ? AND m.uid >= b.uid_next";

  private static final String MOD_SEQS =
      "SELECT 'modseq of messages up to ' || s.last_uid || ' in mailbox ' || b.id"
          + " FROM message_state s JOIN mailbox b ON b.id = s.mailbox"
          + " WHERE b.account = ? AND s.mod_seq > b.mod_seq";

  private static final String RUNS =
      "SELECT 'run of messages up to ' || r.last_uid || ' in mailbox ' || b.id FROM mailbox b JOIN"
          + " (SELECT s.mailbox, s.first_uid, s.last_uid, lag(s.last_uid, 1, 0) OVER (PARTITION BY"
          + " s.mailbox ORDER BY s.last_uid) AS before FROM message_state s) r ON r.mailbox = b.id"
          + " WHERE b.account = ? AND (r.first_uid > r.last_uid OR r.first_uid <= r.before OR NOT"
          + " EXISTS (SELECT 1 FROM message m WHERE m.mailbox = r.mailbox AND m.uid = r.first_uid)"
          + " OR NOT EXISTS (SELECT 1 FROM message m WHERE m.mailbox = r.mailbox"
          + " AND m.uid = r.last_uid))";

  private static final String WITHOUT_RUN =
      "SELECT 'messages without a run in mailbox ' || b.id FROM mailbox b LEFT JOIN (SELECT"
          + " mailbox, count(*) AS n FROM message GROUP BY mailbox) m ON m.mailbox = b.id LEFT JOIN"
          + " (SELECT mailbox, count(*) AS n FROM "
          + MESSAGES
          + " AS n GROUP BY mailbox) r ON r.mailbox = b.id WHERE b.account = ?"
          + " AND coalesce(m.n, 0) <> coalesce(r.n, 0)";

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
      List.of(
          COUNTERS,
          UIDS,
          MOD_SEQS,
          RUNS,
          WITHOUT_RUN,
          VANISHED_RANGES,
          VANISHED_AND_THERE,
          REFERENCES,
          BODIES,
          CHUNKS);

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
