package org.posthorn.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;

/** Messages as streams. */
final class Contents {
  private static final int CHUNK = 64 << 10;

  private Contents() {}

  /** Writes a message as it is. */
  static void copy(MessageContent content, OutputStream out) throws IOException, StoreException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    long position = 0;
    while (true) {
      buffer.clear();
      int n = content.read(position, buffer);
      if (n < 0) {
        return;
      }
      out.write(buffer.array(), 0, n);
      position += n;
    }
  }
}
