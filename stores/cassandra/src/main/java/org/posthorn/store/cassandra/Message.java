package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Flags;

/**
 * A message's row.
 *
 * @param date milliseconds since 1970
 * @param zone offset of the date in seconds
 * @param saved milliseconds since 1970
 * @param email the EMAILID that it had elsewhere; null where it follows from the body
 */
record Message(
    long uid,
    long modSeq,
    Flags flags,
    UUID body,
    long size,
    long date,
    int zone,
    long saved,
    String thread,
    @Nullable String email) {
  static Message of(Row row) {
    return new Message(
        row.getLong("n"),
        row.getLong("mod"),
        Words.flags(row.getInt("flags"), text(row, "words")),
        uuid(row),
        row.getLong("size"),
        row.getLong("date"),
        row.getInt("zone"),
        row.getLong("saved"),
        text(row, "thread"),
        row.getString("email"));
  }

  /** One that is staged in a bucket. */
  static Message staged(Row row, long uid, long modSeq) {
    return new Message(
        uid,
        modSeq,
        Words.flags(row.getInt("flags"), text(row, "words")),
        uuid(row),
        row.getLong("size"),
        row.getLong("date"),
        row.getInt("zone"),
        row.getLong("saved"),
        text(row, "thread"),
        row.getString("email"));
  }

  private static UUID uuid(Row row) {
    UUID body = row.getUuid("body");
    if (body == null) {
      throw new IllegalStateException("a message without a body");
    }
    return body;
  }

  private static String text(Row row, String column) {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  /** The same message somewhere else, or before it has a UID. */
  Message copied(long savedAt) {
    return new Message(0, 0, flags, body, size, date, zone, savedAt, thread, email);
  }

  Message at(long newUid, long newModSeq) {
    return new Message(newUid, newModSeq, flags, body, size, date, zone, saved, thread, email);
  }

  Message with(Flags newFlags, long newModSeq) {
    return new Message(uid, newModSeq, newFlags, body, size, date, zone, saved, thread, email);
  }

  Message inThread(String newThread) {
    return new Message(uid, modSeq, flags, body, size, date, zone, saved, newThread, email);
  }

  /** The EMAILID (RFC 8474 section 5.1). */
  String emailId() {
    return email == null ? Ids.email(body) : email;
  }

  Tally tally() {
    return Tally.of(flags.systemBits(), size);
  }

  OffsetDateTime internalDate() {
    return Instant.ofEpochMilli(date).atOffset(ZoneOffset.ofTotalSeconds(zone));
  }
}
