package org.posthorn.imap.fetch;

import java.nio.ByteBuffer;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.OutputSource;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;

/** Slices of a message, read from its content as they are sent. */
public final class SlicesSource implements OutputSource {

  private final Slices slices;
  private final MessageContent content;
  private int range;
  private long position;
  private int tailGiven;

  /** Closes the content in the end. */
  public SlicesSource(Slices slices, MessageContent content) {
    this.slices = slices;
    this.content = content;
    this.position = slices.rangeCount() > 0 ? slices.from(0) : 0;
  }

  @Override
  public long length() {
    return slices.length();
  }

  @Override
  public Lane lane() {
    return content.inMemory() ? Lane.INLINE : Lane.BLOCKING;
  }

  @Override
  public int read(ByteBuffer into, CallContext context) throws StoreException {
    int before = into.position();
    while (into.hasRemaining() && range < slices.rangeCount()) {
      readRange(into);
    }
    if (range == slices.rangeCount()) {
      Octets tail = slices.tail();
      int given = Math.min(into.remaining(), tail.length() - tailGiven);
      tail.slice(tailGiven, tailGiven + given).copyTo(into);
      tailGiven += given;
    }
    int octets = into.position() - before;
    return octets == 0 && into.hasRemaining() ? -1 : octets;
  }

  private void readRange(ByteBuffer into) throws StoreException {
    long left = slices.to(range) - position;
    int limit = into.limit();
    if (into.remaining() > left) {
      into.limit(into.position() + (int) left);
    }
    int octets = content.read(position, into);
    into.limit(limit);
    if (octets < 0) {
      throw new StoreException(
          StoreException.Code.CORRUPTION, "the message is shorter than its index says");
    }
    position += octets;
    if (position == slices.to(range) && ++range < slices.rangeCount()) {
      position = slices.from(range);
    }
  }

  @Override
  public void close() throws StoreException {
    content.close();
  }
}
