package org.posthorn.smtp.client;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The octets of a message to send. Used by one thread at a time. */
@FunctionalInterface
public interface Content {
  /** Gives all octets in chunks, from the beginning. */
  void copyTo(Chunks sink) throws IOException;

  /** Takes octets. */
  @FunctionalInterface
  interface Chunks {
    /** Takes all of a chunk. */
    void write(ByteBuffer chunk) throws IOException;
  }

  static Content of(byte[] octets) {
    return sink -> sink.write(ByteBuffer.wrap(octets));
  }
}
