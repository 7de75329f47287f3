package org.posthorn.relay;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** Cuts what comes into pieces of one size, so that any octet of a message is found at once. */
final class ChunkWriter {
  /** Octets of every piece but the last. */
  static final int CHUNK = 64 << 10;

  private final Db db;
  private final long message;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
  private int number;
  private boolean eightBit;

  ChunkWriter(Db db, long message) {
    this.db = db;
    this.message = message;
  }

  void write(ByteBuffer octets) throws StoreException {
    while (octets.hasRemaining()) {
      int length = Math.min(octets.remaining(), chunk.remaining());
      chunk.put(octets.slice().limit(length));
      octets.position(octets.position() + length);
      if (!chunk.hasRemaining()) {
        end();
      }
    }
  }

  void end() throws StoreException {
    byte[] octets = new byte[chunk.flip().remaining()];
    chunk.get(octets).clear();
    for (int i = 0; i < octets.length && !eightBit; i++) {
      eightBit = octets[i] < 0;
    }
    if (octets.length == 0) {
      return;
    }
    try {
      db.update(
          "INSERT INTO chunk (message, number, octets) VALUES (?, ?, ?)",
          message,
          number++,
          octets);
    } catch (SQLException e) {
      throw new StoreException(Code.NO_SPACE, "the queue cannot be written", e);
    }
  }

  /** Whether an octet above 127 was among them. */
  boolean eightBit() {
    return eightBit;
  }
}
