package org.posthorn.backup;

import java.nio.ByteBuffer;
import org.posthorn.store.MessageContent;

/** A message in memory or in a file that was mapped. */
final class OctetsContent implements MessageContent {
  private final ByteBuffer octets;

  OctetsContent(ByteBuffer octets) {
    this.octets = octets;
  }

  @Override
  public long size() {
    return octets.remaining();
  }

  @Override
  public int read(long position, ByteBuffer into) {
    if (position >= octets.remaining()) {
      return -1;
    }
    int n = (int) Math.min(into.remaining(), octets.remaining() - position);
    into.put(octets.slice(octets.position() + (int) position, n));
    return n;
  }

  @Override
  public boolean inMemory() {
    return true;
  }

  @Override
  public void close() {}
}
