package org.posthorn.testkit.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.OutputSource;
import org.posthorn.store.StoreException;

/**
 * Output in order: octets, sources and handles to release, behind a window that the peer opens by
 * reading.
 */
final class Transport {
  private sealed interface Piece {}

  private record Octets(ByteBuffer octets) implements Piece {}

  private record Source(OutputSource source) implements Piece {}

  private record Handle(AutoCloseable handle) implements Piece {}

  private static final int SLICE = 4096;

  private final Deque<Piece> queue = new ArrayDeque<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final int window;
  private long left;
  private long sourceOctets;

  /**
   * @param window octets that are taken before the peer reads
   */
  Transport(int window) {
    this.window = window;
  }

  void write(ByteBuffer octets) {
    ByteBuffer copy = ByteBuffer.allocate(octets.remaining());
    copy.put(octets).flip();
    left += copy.remaining();
    queue.add(new Octets(copy));
  }

  void transfer(OutputSource source) {
    queue.add(new Source(source));
  }

  void release(AutoCloseable handle) {
    queue.add(new Handle(handle));
  }

  boolean writable() {
    return left + sent.size() < window && queue.stream().noneMatch(Source.class::isInstance);
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Moves on as far as the window allows. */
  void flush(CallContext context) throws StoreException {
    while (!queue.isEmpty() && flushOne(queue.getFirst(), context)) {
      queue.removeFirst();
    }
  }

  private boolean flushOne(Piece piece, CallContext context) throws StoreException {
    if (piece instanceof Octets bytes) {
      return flushOctets(bytes.octets());
    }
    if (piece instanceof Source source) {
      return flushSource(source.source(), context);
    }
    close(((Handle) piece).handle());
    return true;
  }

  private boolean flushOctets(ByteBuffer octets) {
    while (octets.hasRemaining() && sent.size() < window) {
      sent.write(octets.get());
      left--;
    }
    return !octets.hasRemaining();
  }

  private boolean flushSource(OutputSource source, CallContext context) throws StoreException {
    while (sent.size() < window) {
      ByteBuffer slice = ByteBuffer.allocate(Math.min(SLICE, window - sent.size()));
      int put = source.read(slice, context);
      if (put < 0) {
        if (sourceOctets != source.length()) {
          throw new IllegalStateException(
              "a source announced " + source.length() + " octets and gave " + sourceOctets);
        }
        sourceOctets = 0;
        close(source);
        return true;
      }
      if (put == 0 || put != slice.position()) {
        throw new IllegalStateException("a source gave " + put + " octets into an empty buffer");
      }
      sent.write(slice.array(), 0, put);
      sourceOctets += put;
    }
    return false;
  }

  /** What the peer has not read yet. */
  byte[] take() {
    byte[] octets = sent.toByteArray();
    sent.reset();
    return octets;
  }

  /** The connection is gone: sources and handles are closed all the same. */
  void drop() {
    for (Piece piece : queue) {
      if (piece instanceof Source source) {
        close(source.source());
      } else if (piece instanceof Handle handle) {
        close(handle.handle());
      }
    }
    queue.clear();
    left = 0;
  }

  private static void close(@Nullable AutoCloseable handle) {
    try {
      if (handle != null) {
        handle.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("a handle could not be closed", e);
    }
  }
}
