package org.posthorn.pop3;

import java.nio.ByteBuffer;
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

  /** One line; characters that are no printable ASCII become question marks. */
  void line(String text) {
    reserve(text.length() + 2);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      octets[length++] = (byte) (c >= ' ' && c < 0x7F ? c : '?');
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
