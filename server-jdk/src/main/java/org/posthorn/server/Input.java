package org.posthorn.server;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What came from the peer and the engine has not consumed. Holds memory only while something is
 * left over.
 */
final class Input {
  private static final byte[] NOTHING = {};

  /** What an engine may leave unconsumed while asking for more. */
  private static final int MAX_HELD = 256 * 1024;

  private ByteBuffer octets = ByteBuffer.wrap(NOTHING);
  private @Nullable Inflate inflate;
  private boolean stuck;
  private long received;

  /** Octets as they came from the wire, in all. */
  long received() {
    return received;
  }

  /** Puts octets behind what is left over. Until {@link #keep} they may be the wire's. */
  void add(ByteBuffer arrived) {
    received += arrived.remaining();
    stuck = false;
    if (!octets.hasRemaining()) {
      octets = arrived;
      return;
    }
    octets =
        ByteBuffer.allocate(octets.remaining() + arrived.remaining())
            .put(octets)
            .put(arrived)
            .flip();
  }

  /** Copies what is left over, since the wire wants its buffer back. */
  void keep() {
    if (octets.hasRemaining()) {
      byte[] copy = new byte[octets.remaining()];
      octets.get(copy);
      octets = ByteBuffer.wrap(copy);
    } else {
      octets = ByteBuffer.wrap(NOTHING);
    }
  }

  /** Whether there is nothing for the engine, or not enough for it to go on. */
  boolean exhausted() {
    return stuck || isEmpty();
  }

  boolean isEmpty() {
    return !octets.hasRemaining() && (inflate == null || inflate.isEmpty());
  }

  /** What to give to the engine, decompressed where that is on. */
  ByteBuffer next() {
    return inflate == null ? octets : inflate.next(octets);
  }

  /** The engine asks for more and consumed nothing of what there was. */
  void wantsMore() {
    if (octets.remaining() > MAX_HELD) {
      throw new IllegalStateException("the engine leaves its input unconsumed");
    }
    stuck = inflate == null || !inflate.more(octets);
  }

  /** Takes what is left over away: it belongs to the layer below from now on. */
  ByteBuffer takeUnread() {
    ByteBuffer unread = octets;
    octets = ByteBuffer.wrap(NOTHING);
    return unread;
  }

  void clear() {
    octets = ByteBuffer.wrap(NOTHING);
    stopInflate();
  }

  void startInflate() {
    inflate = new Inflate();
  }

  void stopInflate() {
    if (inflate != null) {
      octets = inflate.end(octets);
      inflate = null;
    }
  }
}
