package org.posthorn.pop3;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.posthorn.protocol.Effects;

/**
 * Gathers what is said in one turn. Takes text without line ends only, so nothing can be smuggled
 * into a reply.
 */
final class Replies {
  private static final int SMALL = 256;

  private byte[] octets = new byte[SMALL];
  private int length;
  private boolean unicode;

  /** From now on lines may be UTF-8. */
  void allowUnicode() {
    unicode = true;
  }

  /**
   * One line; control characters become question marks, and so do characters beyond ASCII until
   * they are allowed.
   */
  void line(String text) {
    byte[] line = text.getBytes(unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII);
    reserve(line.length + 2);
    for (byte c : line) {
      octets[length++] = (c >= 0 && c < ' ') || c == 0x7F ? (byte) '?' : c;
    }
    octets[length++] = '\r';
    octets[length++] = '\n';
  }

  private void reserve(int more) {
    if (octets.length - length < more) {
      octets = Arrays.copyOf(octets, Math.max(length + more, 2 * octets.length));
    }
  }

  int size() {
    return length;
  }

  void flush(Effects out) {
    if (length > 0) {
      out.write(ByteBuffer.wrap(octets, 0, length));
      length = 0;
      if (octets.length > SMALL) {
        octets = new byte[SMALL];
      }
    }
  }
}
