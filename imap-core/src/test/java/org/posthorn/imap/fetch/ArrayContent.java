package org.posthorn.imap.fetch;

import java.nio.ByteBuffer;
import org.posthorn.store.MessageContent;

/** Octets in an array, of which a read gives no more than some. */
final class ArrayContent implements MessageContent {

  private final byte[] octets;
  private final int atOnce;
  private boolean closed;

  ArrayContent(byte[] octets, int atOnce) {
    this.octets = octets;
    this.atOnce = atOnce;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public long size() {
    return octets.length;
  }

  @Override
  public int read(long position, ByteBuffer into) {
    if (position >= octets.length) {
      return -1;
    }
    int count = Math.min(Math.min(into.remaining(), atOnce), octets.length - (int) position);
    into.put(octets, (int) position, count);
    return count;
  }

  @Override
  public void close() {
    closed = true;
  }
}
