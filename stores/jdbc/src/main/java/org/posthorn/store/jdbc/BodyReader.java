package org.posthorn.store.jdbc;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.StoreException;

/**
 * Reads the octets of one body and remembers the chunk that it read whole last. Used by one thread
 * at a time.
 */
final class BodyReader {
  private final long body;
  private final long size;
  private long knownNumber = -1;
  private byte[] known = {};

  BodyReader(long body, long size) {
    this.body = body;
    this.size = size;
  }

  long body() {
    return body;
  }

  long size() {
    return size;
  }

  /** Whether an octet can be had without the database. */
  boolean knows(long position) {
    return position < size && position / Bodies.CHUNK == knownNumber;
  }

  /** Octets of the chunk that is remembered, at least one. */
  int takeKnown(long position, ByteBuffer into) throws StoreException {
    int offset = (int) (position % Bodies.CHUNK);
    int taken = Math.min(known.length - offset, into.remaining());
    if (taken <= 0) {
      throw JdbcContent.expunged();
    }
    into.put(known, offset, taken);
    return taken;
  }

  /** Reads the chunk whole in which an octet is, and remembers it. */
  void remember(Db db, long position) throws SQLException, StoreException {
    keep(position, chunk(db, position - position % Bodies.CHUNK, Bodies.CHUNK));
  }

  /** Octets of one chunk, at least one; what is not compressed is not read beyond what is asked. */
  int take(Db db, long position, ByteBuffer into) throws SQLException, StoreException {
    if (!knows(position)) {
      Chunk chunk = chunk(db, position, (int) Math.min(into.remaining(), size - position));
      if (chunk.packed() == 0) {
        int taken = Math.min(chunk.data().length, into.remaining());
        into.put(chunk.data(), 0, taken);
        return taken;
      }
      keep(position, chunk);
    }
    return takeKnown(position, into);
  }

  private void keep(long position, Chunk chunk) throws StoreException {
    known = chunk.inflated();
    knownNumber = position / Bodies.CHUNK;
  }

  private Chunk chunk(Db db, long position, int length) throws SQLException, StoreException {
    Chunk chunk = Bodies.read(db, body, position, length);
    if (chunk == null || chunk.data().length == 0) {
      throw JdbcContent.expunged();
    }
    return chunk;
  }
}
