package org.posthorn.smtp.client;

import java.nio.ByteBuffer;

/**
 * Dot-stuffing (RFC 5321 section 4.5.2). A lone CR or LF, which a client must never send (section
 * 2.3.8) and which a careless server might take for a line end, becomes one: nothing in the content
 * can be read as its end.
 */
final class ContentWriter {
  private boolean lineStart = true;
  private boolean afterCr;

  /** The chunk as it is to be sent; a CR at its end waits for what follows. */
  ByteBuffer stuffed(ByteBuffer chunk) {
    ByteBuffer out = ByteBuffer.allocate(2 * chunk.remaining() + 2);
    while (chunk.hasRemaining()) {
      byte octet = chunk.get();
      if (afterCr || octet == '\n') {
        out.put((byte) '\r').put((byte) '\n');
        lineStart = true;
        boolean ended = octet == '\n';
        afterCr = false;
        if (ended) {
          continue;
        }
      }
      if (octet == '\r') {
        afterCr = true;
        continue;
      }
      if (octet == '.' && lineStart) {
        out.put((byte) '.');
      }
      out.put(octet);
      lineStart = false;
    }
    return out.flip();
  }

  /** What ends the content; a last line without its end gets one. */
  String end() {
    return lineStart && !afterCr ? ".\r\n" : "\r\n.\r\n";
  }
}
