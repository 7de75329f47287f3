package org.posthorn.store.memory.faulty;

import java.nio.ByteBuffer;
import org.posthorn.store.MessageContent;

/** No octets. */
final class EmptyContent implements MessageContent {
  @Override
  public long size() {
    return 0;
  }

  @Override
  public int read(long position, ByteBuffer into) {
    return -1;
  }

  @Override
  public void close() {}
}
