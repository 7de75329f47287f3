package org.posthorn.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.OctetSource;
import org.posthorn.smtp.client.Content;
import org.posthorn.store.StoreException;

/** The octets of a message in the queue. Used by one thread at a time. */
final class StoredContent implements OctetSource, Content {
  private final Queue queue;
  private final QueuedMail mail;
  private byte @Nullable [] chunk;
  private int number = -1;

  StoredContent(Queue queue, QueuedMail mail) {
    this.queue = queue;
    this.mail = mail;
  }

  @Override
  public long size() {
    return mail.size();
  }

  @Override
  public int read(long position, ByteBuffer into) throws IOException {
    if (position >= mail.size()) {
      return -1;
    }
    byte[] octets = chunk((int) (position / ChunkWriter.CHUNK));
    int offset = (int) (position % ChunkWriter.CHUNK);
    if (offset >= octets.length) {
      throw new IOException("a queued message is cut off");
    }
    int length = Math.min(into.remaining(), octets.length - offset);
    into.put(octets, offset, length);
    return length;
  }

  /** The chunk read last is kept: reading goes forward, mostly. */
  private byte[] chunk(int wanted) throws IOException {
    byte[] held = chunk;
    if (held == null || number != wanted) {
      try {
        held = queue.chunk(mail.id(), wanted);
      } catch (StoreException e) {
        throw new IOException(e.getMessage(), e);
      }
      if (held == null) {
        throw new IOException("a queued message is cut off");
      }
      chunk = held;
      number = wanted;
    }
    return held;
  }

  @Override
  public void copyTo(Chunks sink) throws IOException {
    for (long at = 0; at < mail.size(); ) {
      byte[] octets = chunk((int) (at / ChunkWriter.CHUNK));
      sink.write(ByteBuffer.wrap(octets));
      at += octets.length;
    }
  }
}
