package org.posthorn.pop3;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.posthorn.protocol.ByteScan;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/**
 * Sends a message, or its top, slice by slice: the next one is read when the transport has taken
 * the one before. Its length on the wire is not known beforehand, so it is no {@link
 * org.posthorn.protocol.OutputSource}.
 */
final class MessageSender {
  private static final int SLICE = 32 << 10;

  private final Pop3Session session;
  private final OpenMessage.Opened message;
  private final DotStuffer stuffer = new DotStuffer();
  private final ByteBuffer slice;
  private final NextSlice next = new NextSlice();
  private long position;
  private int linesLeft;

  MessageSender(Pop3Session session, OpenMessage.Opened message) {
    this.session = session;
    this.message = message;
    this.slice = ByteBuffer.allocate((int) Math.max(1, Math.min(SLICE, message.content().size())));
    this.linesLeft = message.bodyLines();
  }

  /**
   * Sends all, with the line that ends it.
   *
   * @param then hears how many octets of the message were read
   */
  void send(LongConsumer then) {
    session.holds(message);
    sendOn(then);
  }

  private void sendOn(LongConsumer then) {
    session.call(
        next,
        more -> {
          session.octets(stuffer.octets(), stuffer.length());
          if (more) {
            session.whenWritable(() -> sendOn(then));
          } else {
            session.endOfLines();
            session.releaseHeld();
            then.accept(position);
          }
        },
        session::torn);
  }

  /** Reads and stuffs one slice; false when it was the last, which is the rest of a line end. */
  private final class NextSlice implements StoreCall<Boolean> {
    @Override
    public Boolean invoke(CallContext context) throws StoreException {
      slice.clear();
      boolean over = done() || message.content().read(position, slice) < 0;
      int length = over ? 0 : wanted(slice.position());
      if (length == 0) {
        stuffer.end();
        return false;
      }
      stuffer.take(slice.array(), length);
      position += length;
      return true;
    }

    @Override
    public Lane lane() {
      return message.content().inMemory() ? Lane.INLINE : Lane.BLOCKING;
    }

    @Override
    public String toString() {
      return "slice of a message at " + position;
    }
  }

  private boolean done() {
    return !message.whole() && linesLeft == 0 && position >= message.bodyStart();
  }

  /** How much of a slice belongs to what is wanted. */
  private int wanted(int length) {
    if (message.whole() || position + length <= message.bodyStart()) {
      return length;
    }
    int end = (int) Math.max(0, message.bodyStart() - position);
    while (linesLeft > 0) {
      int lf = ByteScan.indexOf(slice.array(), end, length, (byte) '\n');
      if (lf < 0) {
        return length;
      }
      end = lf + 1;
      linesLeft--;
    }
    return end;
  }
}
