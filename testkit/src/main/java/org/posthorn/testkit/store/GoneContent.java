package org.posthorn.testkit.store;

import java.nio.ByteBuffer;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** Of a message that was expunged and freed while somebody held it. */
record GoneContent(long size) implements MessageContent {
  @Override
  public int read(long position, ByteBuffer into) throws StoreException {
    throw new StoreException(Code.EXPUNGED, "the message is gone");
  }

  @Override
  public void close() {}
}
