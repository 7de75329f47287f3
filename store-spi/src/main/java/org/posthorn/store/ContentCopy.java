package org.posthorn.store;

import java.nio.ByteBuffer;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.StoreException.Code;

/** Writes the octets of one message as another one. */
final class ContentCopy {
  private static final int SLICE = 64 << 10;

  private ContentCopy() {}

  static void copy(MessageContent from, Append to, MessageIndex index) throws StoreException {
    ByteBuffer slice = ByteBuffer.allocate((int) Math.max(1, Math.min(SLICE, from.size())));
    long position = 0;
    for (int count; (count = from.read(position, slice.clear())) >= 0; position += count) {
      to.write(slice.flip());
    }
    if (position != from.size()) {
      throw new StoreException(Code.CORRUPTION, "octets of the message are missing");
    }
    to.end(index);
  }
}
