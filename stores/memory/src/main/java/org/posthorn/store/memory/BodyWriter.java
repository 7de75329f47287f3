package org.posthorn.store.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.StoreException;

/** Collects the octets of one message in chunks; not thread-safe. */
final class BodyWriter {
  private static final int FIRST_CHUNK = 4096;

  private final BodyMemory memory;
  private final List<byte[]> chunks = new ArrayList<>();
  private long size;

  BodyWriter(BodyMemory memory) {
    this.memory = memory;
  }

  long size() {
    return size;
  }

  void write(ByteBuffer octets) throws StoreException {
    memory.reserve(octets.remaining());
    while (octets.hasRemaining()) {
      int used = (int) (size % Body.CHUNK);
      byte[] chunk = chunkWithRoom(used, octets.remaining());
      int count = Math.min(octets.remaining(), chunk.length - used);
      octets.get(chunk, used, count);
      size += count;
    }
  }

  /** The last chunk grows by doubling, so that a small message takes little. */
  private byte[] chunkWithRoom(int used, int wanted) {
    int last = chunks.size() - 1;
    int room = Math.min(Body.CHUNK, Math.max(FIRST_CHUNK, Math.max(2 * used, used + wanted)));
    if (used == 0) {
      byte[] fresh = new byte[room];
      chunks.add(fresh);
      return fresh;
    }
    byte[] chunk = chunks.get(last);
    if (used == chunk.length) {
      chunk = Arrays.copyOf(chunk, room);
      chunks.set(last, chunk);
    }
    return chunk;
  }

  /** Hands the octets over; whoever asked is the first holder. */
  Body finish(String emailId, MessageIndex index) {
    int used = (int) (size % Body.CHUNK);
    int last = chunks.size() - 1;
    if (used > 0 && used < chunks.get(last).length) {
      chunks.set(last, Arrays.copyOf(chunks.get(last), used));
    }
    return new Body(chunks.toArray(new byte[0][]), size, emailId, index, memory);
  }

  void discard() {
    chunks.clear();
    memory.free(size);
    size = 0;
  }
}
