package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.List;
import org.posthorn.store.Flags;
import org.posthorn.store.StoreException;

/** Writes rows of messages, in a mailbox's own partition or in a section of it. */
final class MessageRows {
  /** Octets of rows in one batch, which keeps it under 256 KiB. */
  static final int MOST_OCTETS = 96 << 10;

  /** What a row takes besides what differs in length. */
  private static final int ROW_OCTETS = 220;

  private MessageRows() {}

  /** Where the batch ends that takes the rows of these messages from one on. */
  static int end(List<Message> messages, int from) {
    int octets = 0;
    int end = from;
    while (end < messages.size() && end - from < Boxes.BATCH) {
      octets += octets(messages.get(end));
      if (octets > MOST_OCTETS && end > from) {
        return end;
      }
      end++;
    }
    return end;
  }

  private static int octets(Message m) {
    int octets = ROW_OCTETS + m.thread().length() + (m.email() == null ? 0 : m.email().length());
    for (String keyword : m.flags().keywords()) {
      octets += keyword.length() + 1;
    }
    return octets;
  }

  static BoundStatement insert(Cql cql, String partition, Message m) throws StoreException {
    return cql.insert(
        "INSERT INTO mailbox (id, kind, n, mod, flags, words, body, size, date, zone, saved,"
            + " thread, email) VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        partition,
        m.uid(),
        m.modSeq(),
        m.flags().systemBits(),
        Words.text(m.flags()),
        m.body(),
        m.size(),
        m.date(),
        m.zone(),
        m.saved(),
        m.thread(),
        m.email());
  }

  static BoundStatement flags(Cql cql, String partition, long uid, Flags flags, long modSeq)
      throws StoreException {
    return cql.bind(
        "UPDATE mailbox SET mod = ?, flags = ?, words = ? WHERE id = ? AND kind = 0 AND n = ?",
        modSeq,
        flags.systemBits(),
        Words.text(flags),
        partition,
        uid);
  }

  static BoundStatement delete(Cql cql, String partition, long uid) throws StoreException {
    return cql.bind("DELETE FROM mailbox WHERE id = ? AND kind = 0 AND n = ?", partition, uid);
  }

  /** All below a UID. */
  static BoundStatement deleteBelow(Cql cql, String partition, long uid) throws StoreException {
    return cql.bind("DELETE FROM mailbox WHERE id = ? AND kind = 0 AND n < ?", partition, uid);
  }
}
