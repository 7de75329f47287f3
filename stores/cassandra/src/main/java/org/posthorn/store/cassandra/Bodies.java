package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.IndexFormatException;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.StoreException;

/**
 * The octets of messages, in chunks beside the mailboxes. They are there before a mailbox refers to
 * them. Each has a row for every reason that some mailbox may have to refer to it; before a reason
 * may go the collector is told to look.
 */
final class Bodies {
  /** Octets of a chunk. */
  static final int CHUNK = 128 << 10;

  /** Chunks in one partition. */
  private static final int PART = 64;

  /** Bodies that one request to the collector names. */
  static final int TOGETHER = 5_000;

  private Bodies() {}

  static BoundStatement chunk(Cql cql, UUID body, int number, byte[] data) throws StoreException {
    return cql.bind(
        "INSERT INTO chunk (body, part, i, data) VALUES (?, ?, ?, ?)",
        body,
        number / PART,
        number,
        ByteBuffer.wrap(data));
  }

  /** A mailbox is about to refer to a body, for the first time or once more. */
  static BoundStatement reason(Cql cql, UUID body, String mailbox, UUID reason)
      throws StoreException {
    return cql.bind(
        "INSERT INTO body (id, mailbox, reason) VALUES (?, ?, ?)", body, mailbox, reason);
  }

  static BoundStatement index(Cql cql, UUID body, byte[] encoded) throws StoreException {
    return cql.bind("UPDATE body SET mime = ? WHERE id = ?", ByteBuffer.wrap(encoded), body);
  }

  /** Whether the octets of this body are kept. */
  static boolean isThere(Cql cql, UUID body) throws StoreException {
    return cql.one("SELECT reason FROM body WHERE id = ? LIMIT 1", body) != null;
  }

  /** A chunk; null when the body is gone. */
  static byte @Nullable [] read(Cql cql, UUID body, int number) throws StoreException {
    Row row =
        cql.one(
            "SELECT data FROM chunk WHERE body = ? AND part = ? AND i = ?",
            body,
            number / PART,
            number);
    return row == null ? null : octets(row, "data");
  }

  /** The MIME indexes of messages, in their order. */
  static List<@Nullable MessageIndex> indexes(Cql cql, List<Message> messages)
      throws StoreException {
    List<BoundStatement> statements = new ArrayList<>();
    for (Message message : messages) {
      statements.add(cql.bind("SELECT DISTINCT mime FROM body WHERE id = ?", message.body()));
    }
    List<@Nullable MessageIndex> indexes = new ArrayList<>();
    for (Row row : cql.readAll(statements)) {
      byte[] encoded = row == null ? null : octets(row, "mime");
      try {
        indexes.add(encoded == null ? null : MessageIndex.decode(encoded));
      } catch (IndexFormatException other) {
        // Of another version: whoever needs it makes it anew.
        indexes.add(null);
      }
    }
    return indexes;
  }

  private static byte @Nullable [] octets(Row row, String column) {
    ByteBuffer stored = row.getByteBuffer(column);
    if (stored == null) {
      return null;
    }
    byte[] octets = new byte[stored.remaining()];
    stored.duplicate().get(octets);
    return octets;
  }

  /**
   * A mailbox may stop to refer to these bodies, or may not have begun to: the collector looks
   * later. Told before, so that nothing is forgotten by whoever dies.
   */
  static void doubt(Cql cql, String mailbox, List<UUID> bodies) throws StoreException {
    List<BoundStatement> statements = new ArrayList<>();
    for (int at = 0; at < bodies.size(); at += TOGETHER) {
      List<UUID> some = bodies.subList(at, Math.min(bodies.size(), at + TOGETHER));
      statements.add(doubt(cql, mailbox, some, Uuids.timeBased()));
    }
    cql.writeAll(statements);
  }

  static BoundStatement doubt(Cql cql, String mailbox, List<UUID> bodies, UUID at)
      throws StoreException {
    return cql.bind(
        "INSERT INTO garbage (slot, at, mailbox, bodies) VALUES (?, ?, ?, ?)",
        Collector.slot(mailbox),
        at,
        mailbox,
        encode(bodies));
  }

  /** There is no doubt any more. */
  static BoundStatement certain(Cql cql, String mailbox, UUID at) throws StoreException {
    return cql.bind("DELETE FROM garbage WHERE slot = ? AND at = ?", Collector.slot(mailbox), at);
  }

  static ByteBuffer encode(List<UUID> bodies) {
    ByteBuffer out = ByteBuffer.allocate(16 * bodies.size());
    for (UUID body : bodies) {
      out.putLong(body.getMostSignificantBits()).putLong(body.getLeastSignificantBits());
    }
    return out.flip();
  }

  static List<UUID> decode(ByteBuffer stored) {
    ByteBuffer in = stored.duplicate();
    List<UUID> bodies = new ArrayList<>();
    while (in.remaining() >= 16) {
      bodies.add(new UUID(in.getLong(), in.getLong()));
    }
    return bodies;
  }

  /**
   * The octets go, the last part first, so that whoever comes after one who died finds what is
   * left; then the rows of the bodies.
   */
  static void delete(Cql cql, List<UUID> bodies) throws StoreException {
    List<List<UUID>> parts = new ArrayList<>();
    List<UUID> there = withPart(cql, bodies, 0);
    while (!there.isEmpty()) {
      parts.add(there);
      there = withPart(cql, there, parts.size());
    }
    for (int part = parts.size() - 1; part >= 0; part--) {
      List<BoundStatement> deletes = new ArrayList<>();
      for (UUID body : parts.get(part)) {
        deletes.add(cql.bind("DELETE FROM chunk WHERE body = ? AND part = ?", body, part));
      }
      cql.writeAll(deletes);
    }
    List<BoundStatement> deletes = new ArrayList<>();
    for (UUID body : bodies) {
      deletes.add(cql.bind("DELETE FROM body WHERE id = ?", body));
    }
    cql.writeAll(deletes);
  }

  /** Those of which there is such a part. */
  private static List<UUID> withPart(Cql cql, List<UUID> bodies, int part) throws StoreException {
    List<BoundStatement> looks = new ArrayList<>();
    for (UUID body : bodies) {
      looks.add(cql.bind("SELECT i FROM chunk WHERE body = ? AND part = ? LIMIT 1", body, part));
    }
    List<@Nullable Row> found = cql.readAll(looks);
    List<UUID> there = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) != null) {
        there.add(bodies.get(i));
      }
    }
    return there;
  }
}
