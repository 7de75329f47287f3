package org.posthorn.server;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** DEFLATE of the input (RFC 4978), at most one window of plaintext ahead of the engine. */
final class Inflate {
  private static final int WINDOW = 16 * 1024;

  private final Inflater inflater = new Inflater(true);
  private ByteBuffer plain = ByteBuffer.allocate(0);

  /** The window was too small for all there was. */
  private boolean more;

  boolean isEmpty() {
    return !plain.hasRemaining() && !more && inflater.needsInput();
  }

  /** Plaintext, as much as there is or a window full. */
  ByteBuffer next(ByteBuffer compressed) {
    if (!plain.hasRemaining()) {
      fill(compressed);
    }
    return plain;
  }

  /** More plaintext behind what is there. Returns false when there is none. */
  boolean more(ByteBuffer compressed) {
    int before = plain.remaining();
    if (before < WINDOW) {
      fill(compressed);
    }
    return plain.remaining() > before;
  }

  private void fill(ByteBuffer compressed) {
    ByteBuffer window = ByteBuffer.allocate(WINDOW).put(plain);
    try {
      int n;
      do {
        if (inflater.needsInput() && compressed.hasRemaining()) {
          byte[] copy = new byte[compressed.remaining()];
          compressed.get(copy);
          inflater.setInput(copy);
        }
        n = inflater.inflate(window);
      } while (n > 0 && window.hasRemaining());
    } catch (DataFormatException e) {
      throw new MalformedInputException("not DEFLATE: " + e.getMessage(), e);
    }
    more = !window.hasRemaining();
    plain = window.flip().hasRemaining() ? window : ByteBuffer.allocate(0);
  }

  /**
   * Ends. Returns what is left over, plaintext and then whatever comes behind the compressed
   * stream.
   */
  ByteBuffer end(ByteBuffer compressed) {
    inflater.end();
    return ByteBuffer.allocate(plain.remaining() + compressed.remaining())
        .put(plain)
        .put(compressed)
        .flip();
  }

  /** The peer breaks the format: its fault, not ours. */
  static final class MalformedInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedInputException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
