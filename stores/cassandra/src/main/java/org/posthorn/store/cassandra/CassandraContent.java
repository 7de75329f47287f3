package org.posthorn.store.cassandra;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** The octets of a message; remembers the chunk it read last. */
final class CassandraContent implements MessageContent {
  private final Cql cql;
  private final Message message;
  private volatile boolean closed;
  private int number = -1;
  private byte @Nullable [] chunk;

  CassandraContent(Cql cql, Message message) {
    this.cql = cql;
    this.message = message;
  }

  Message message() {
    return message;
  }

  boolean isIn(Cql other) {
    return cql == other;
  }

  static StoreException expunged() {
    return new StoreException(Code.EXPUNGED, "the message is gone");
  }

  @Override
  public long size() {
    return message.size();
  }

  @Override
  public int read(long position, ByteBuffer into) throws StoreException {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
    if (position >= message.size()) {
      return -1;
    }
    if (closed) {
      throw new StoreException(Code.FAULT, "the content was closed");
    }
    int wanted = (int) (position / Bodies.CHUNK);
    byte[] data = number == wanted ? chunk : Bodies.read(cql, message.body(), wanted);
    int at = (int) (position % Bodies.CHUNK);
    if (data == null || at >= data.length) {
      throw expunged();
    }
    number = wanted;
    chunk = data;
    int taken = Math.min(into.remaining(), data.length - at);
    into.put(data, at, taken);
    return taken;
  }

  @Override
  public void close() {
    closed = true;
    chunk = null;
    number = -1;
  }
}
