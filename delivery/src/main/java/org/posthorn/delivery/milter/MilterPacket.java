package org.posthorn.delivery.milter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.posthorn.delivery.check.DaemonChannel;
import org.posthorn.store.StoreException;

/**
 * What goes over the wire at once: a length, a code, and data.
 *
 * @param data without length and code
 */
record MilterPacket(char code, ByteBuffer data) {
  /** The library's own limit is 1 MiB for what we say; nobody answers more at once. */
  static final int MOST = 1 << 20;

  static MilterPacket read(DaemonChannel milter) throws StoreException {
    byte[] head = new byte[4];
    milter.read(head);
    int length = ByteBuffer.wrap(head).getInt();
    if (length < 1 || length > MOST) {
      throw milter.nonsense("a packet of " + length + " octets");
    }
    char code = (char) (milter.read() & 0xff);
    byte[] data = new byte[length - 1];
    milter.read(data);
    return new MilterPacket(code, ByteBuffer.wrap(data));
  }

  void write(DaemonChannel milter) throws StoreException {
    int octets = data.remaining();
    milter.write(
        ByteBuffer.allocate(5 + octets)
            .putInt(octets + 1)
            .put((byte) code)
            .put(data.duplicate())
            .flip());
  }

  /** A code with texts, each with its NUL; a NUL inside ends a text early, as it must. */
  static MilterPacket of(char code, String... texts) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String text : texts) {
      string(data, text);
    }
    return new MilterPacket(code, ByteBuffer.wrap(data.toByteArray()));
  }

  static void string(ByteArrayOutputStream data, String text) {
    int nul = text.indexOf('\0');
    data.writeBytes((nul < 0 ? text : text.substring(0, nul)).getBytes(StandardCharsets.UTF_8));
    data.write(0);
  }

  /** The next text of the data; what is left where its NUL is missing. */
  String string() {
    int start = data.position();
    int end = start;
    while (end < data.limit() && data.get(end) != 0) {
      end++;
    }
    byte[] octets = new byte[end - start];
    data.get(octets);
    if (data.hasRemaining()) {
      data.get();
    }
    return new String(octets, StandardCharsets.UTF_8);
  }
}
