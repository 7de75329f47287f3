package org.posthorn.imap.search;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/** What bodies are read through: one for all messages of a search, which are read in turn. */
final class TextBuffers {
  private static final int SLICE = 16 * 1024;

  private ByteBuffer octets = ByteBuffer.allocate(0);
  private CharBuffer text = CharBuffer.allocate(0);

  ByteBuffer octets() {
    if (octets.capacity() == 0) {
      octets = ByteBuffer.allocate(SLICE);
    }
    return octets;
  }

  CharBuffer text() {
    if (text.capacity() == 0) {
      text = CharBuffer.allocate(SLICE);
    }
    return text;
  }
}
