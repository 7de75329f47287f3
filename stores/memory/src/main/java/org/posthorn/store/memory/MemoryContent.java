package org.posthorn.store.memory;

import java.nio.ByteBuffer;
import org.posthorn.store.MessageContent;

/** Reads a body, which stays while it is held. */
final class MemoryContent implements MessageContent {
  private final Body body;
  private boolean closed;

  MemoryContent(Body body) {
    this.body = body;
    body.hold();
  }

  @Override
  public long size() {
    return body.size();
  }

  @Override
  public int read(long position, ByteBuffer into) {
    return body.read(position, into);
  }

  @Override
  public boolean inMemory() {
    return true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      body.release();
    }
  }
}
