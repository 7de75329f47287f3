package org.posthorn.store.memory;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MessageContent;

/** Reads a body, which stays while it is held. */
final class MemoryContent implements MessageContent {
  private final Body body;
  private boolean closed;

  MemoryContent(Body body) {
    this.body = body;
    body.hold();
  }

  /** Whether its octets are counted there: it is of that store. */
  boolean isIn(BodyMemory memory) {
    return body.isIn(memory);
  }

  /** False also where the other message has none. */
  boolean hasEmailId(@Nullable String emailId) {
    return body.emailId().equals(emailId);
  }

  /** Gives the body for one more row, which holds it then. */
  Body share() {
    if (closed) {
      throw new IllegalStateException("the content was closed");
    }
    body.hold();
    return body;
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
