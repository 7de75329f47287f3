package org.posthorn.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.IndexFormatException;
import org.posthorn.mime.MessageIndex;
import org.posthorn.sqlite.Db;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** SQL of the octets of messages: body, chunk and mime_index. */
final class Bodies {
  static final int CHUNK = 64 << 10;
  private static final int CHUNK_BITS = 20;

  /** Numbers of chunks that each body has for its own. */
  static final long CHUNKS = 1L << CHUNK_BITS;

  private static final long CHUNK_MASK = CHUNKS - 1;

  /** What 2^20 chunks hold. */
  static final long MOST_OCTETS = (long) CHUNK << CHUNK_BITS;

  /** Bodies freed by one transaction at most; what is left over waits for the next. */
  private static final int FREED_AT_ONCE = 256;

  private Bodies() {}

  /** A body that no message refers to yet. */
  static long create(Db db, long now) throws SQLException {
    return db.number(
        "INSERT INTO body (account, refs, octets, email_id, touched) VALUES (?, 0, 0, ?, ?)"
            + " RETURNING id",
        db.tenant(),
        NewIds.next('E'),
        now);
  }

  /** A body is still on its way in, and stays until that takes too long. */
  static void touch(Db db, long body, long now) throws SQLException, StoreException {
    if (db.update("UPDATE body SET touched = ? WHERE id = ?", now, body) != 1) {
      throw tookTooLong();
    }
  }

  private static StoreException tookTooLong() {
    return new StoreException(Code.UNAVAILABLE, "the message took too long to come in");
  }

  /** A body that one message refers to, all of it in the transaction that publishes it. */
  static long publish(Db db, long octets, @Nullable String emailId, String thread, long now)
      throws SQLException {
    return db.number(
        "INSERT INTO body (account, refs, octets, email_id, thread, touched)"
            + " VALUES (?, 1, ?, ?, ?, ?) RETURNING id",
        db.tenant(),
        octets,
        emailId == null ? NewIds.next('E') : emailId,
        thread,
        now);
  }

  static void write(Db db, long body, long number, Chunk chunk) throws SQLException {
    db.update(
        "INSERT INTO chunk (id, data, packed) VALUES (?, ?, ?)",
        chunk(body, number),
        chunk.data(),
        chunk.packed());
  }

  /** Makes a body one that a message refers to. */
  static void complete(Db db, long body, long octets, String thread)
      throws SQLException, StoreException {
    int found =
        db.update(
            "UPDATE body SET refs = 1, octets = ?, thread = ? WHERE id = ?", octets, thread, body);
    if (found != 1) {
      throw tookTooLong();
    }
  }

  /** Gives a body the EMAILID that it had somewhere else. */
  static void identify(Db db, long body, String emailId) throws SQLException {
    db.update("UPDATE body SET email_id = ? WHERE id = ?", emailId, body);
  }

  static boolean hasEmailId(Db db, long body, String emailId) throws SQLException {
    return db.number("SELECT 1 FROM body WHERE id = ? AND email_id = ?", body, emailId) == 1;
  }

  /** One more message has this body; false when it is gone. */
  static boolean referOnceMore(Db db, long body) throws SQLException {
    return db.update("UPDATE body SET refs = refs + 1 WHERE id = ?", body) == 1;
  }

  static void putIndex(Db db, long body, byte[] index) throws SQLException {
    db.update(
        "INSERT INTO mime_index (body, data) VALUES (?, ?)"
            + " ON CONFLICT (body) DO UPDATE SET data = excluded.data",
        body,
        index);
  }

  static long octets(Db db, long body) throws SQLException {
    Long octets = db.first(row -> row.getLong(1), "SELECT octets FROM body WHERE id = ?", body);
    return octets == null ? -1 : octets;
  }

  /**
   * Of one chunk up to {@code length} octets, or where it is compressed all of it; null when the
   * body is gone.
   */
  static @Nullable Chunk read(Db db, long body, long position, int length) throws SQLException {
    long number = position / CHUNK;
    int offset = (int) (position % CHUNK);
    if (offset == 0 && length >= CHUNK) {
      return db.first(
          Bodies::read, "SELECT data, packed FROM chunk WHERE id = ?", chunk(body, number));
    }
    return db.first(
        Bodies::read,
        "SELECT CASE WHEN packed = 0 THEN substr(data, CAST(? AS INTEGER), CAST(? AS INTEGER))"
            + " ELSE data END, packed FROM chunk WHERE id = ?",
        offset + 1,
        length,
        chunk(body, number));
  }

  private static Chunk read(ResultSet row) throws SQLException {
    return new Chunk(row.getBytes(1), row.getInt(2));
  }

  /** Null for what an unknown release wrote: the reader indexes anew. */
  static @Nullable MessageIndex decodeIndex(byte @Nullable [] stored) {
    if (stored == null) {
      return null;
    }
    try {
      return MessageIndex.decode(stored);
    } catch (IndexFormatException otherVersion) {
      return null;
    }
  }

  /** Frees bodies that nothing refers to and nobody holds, a bounded number of them. */
  static void freeSome(Db db, AccountMail mail, BodyHolds.Doomed doomed) throws SQLException {
    List<Long> candidates =
        db.all(
            row -> row.getLong(1),
            "SELECT id FROM body WHERE account = ? AND refs = 0 AND touched <= ? LIMIT ?",
            db.tenant(),
            mail.settings.now() - mail.settings.freeAfter().toSeconds(),
            FREED_AT_ONCE + mail.holds.count());
    List<Long> free = new ArrayList<>();
    for (long body : candidates) {
      if (free.size() < FREED_AT_ONCE && doomed.add(body)) {
        free.add(body);
      }
    }
    for (int begun = 0, i = 1; i <= free.size(); i++) {
      if (i == free.size() || free.get(i) != free.get(i - 1) + 1) {
        free(db, mail, free.get(begun), free.get(i - 1));
        begun = i;
      }
    }
  }

  /** Bodies with numbers next to each other. */
  private static void free(Db db, AccountMail mail, long first, long last) throws SQLException {
    deleteOctets(db, first, last);
    List<String> threads = ThreadIds.of(db, first, last);
    mail.texts.forget(db, first, last);
    db.update("DELETE FROM body WHERE id BETWEEN ? AND ?", first, last);
    for (String thread : threads) {
      ThreadIds.forgetIfEmpty(db, thread);
    }
  }

  /** Of bodies with numbers next to each other; they themselves and their texts stay. */
  static void deleteOctets(Db db, long first, long last) throws SQLException {
    db.update(
        "DELETE FROM chunk WHERE id BETWEEN ? AND ?", chunk(first, 0), chunk(last, CHUNK_MASK));
    db.update("DELETE FROM mime_index WHERE body BETWEEN ? AND ?", first, last);
  }

  private static long chunk(long body, long number) {
    return (body << CHUNK_BITS) | number;
  }
}
