package org.posthorn.store.memory;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.posthorn.mime.MessageIndex;

/**
 * The octets of a message, immutable and shared by all its copies. Rows and readers hold it; when
 * the last one lets go its octets no longer count. Thread-safe.
 */
final class Body {
  /** All chunks but the last have this size. */
  static final int CHUNK = 1 << 16;

  private final byte[][] chunks;
  private final long size;
  private final String emailId;
  private final BodyMemory memory;
  private final AtomicInteger holders = new AtomicInteger(1);
  private volatile MessageIndex index;
  private volatile int indexOctets;

  /** Takes over octets that are reserved already; the caller is the first holder. */
  Body(byte[][] chunks, long size, String emailId, MessageIndex index, BodyMemory memory) {
    this.chunks = chunks;
    this.size = size;
    this.emailId = emailId;
    this.memory = memory;
    this.index = index;
    this.indexOctets = index.encode().length;
  }

  long size() {
    return size;
  }

  String emailId() {
    return emailId;
  }

  MessageIndex index() {
    return index;
  }

  /** About as much as a row with the index weighs. */
  int indexOctets() {
    return indexOctets;
  }

  void renewIndex(MessageIndex renewed) {
    indexOctets = renewed.encode().length;
    index = renewed;
  }

  boolean isIn(BodyMemory other) {
    return memory == other;
  }

  void hold() {
    holders.incrementAndGet();
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      memory.free(size);
    }
  }

  int read(long position, ByteBuffer into) {
    if (position >= size) {
      return -1;
    }
    int before = into.remaining();
    long at = position;
    while (at < size && into.hasRemaining()) {
      byte[] chunk = chunks[(int) (at / CHUNK)];
      int offset = (int) (at % CHUNK);
      int octets = Math.min(into.remaining(), chunk.length - offset);
      into.put(chunk, offset, octets);
      at += octets;
    }
    return before - into.remaining();
  }
}
