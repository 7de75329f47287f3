package org.posthorn.imap.preview;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.posthorn.mime.OctetSource;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;

/** A stored message's octets as the reader of messages wants them. */
record Source(MessageContent content) implements OctetSource {
  @Override
  public long size() {
    return content.size();
  }

  @Override
  public int read(long position, ByteBuffer into) throws IOException {
    try {
      return content.read(position, into);
    } catch (StoreException e) {
      throw new IOException(e);
    }
  }
}
