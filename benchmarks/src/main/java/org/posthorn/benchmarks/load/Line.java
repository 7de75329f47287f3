package org.posthorn.benchmarks.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection that sends octets and waits for the end of the answer. It looks at the last octets
 * that came and at nothing else, so that a large answer costs this side next to nothing; that is
 * enough where every answer is awaited before more is sent.
 */
final class Line implements Closeable {
  private static final int BUFFER = 256 << 10;
  private static final int TAIL = 1024;

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
  private final byte[] tail = new byte[2 * TAIL];
  private int held;
  private long read;

  /** Tells whether an answer is at its end. */
  interface End {
    boolean reached(byte[] tail, int length);
  }

  Line(String host, int port) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(host, port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  void send(String text) throws IOException {
    send(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  void send(ByteBuffer octets) throws IOException {
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }

  /**
   * Reads to the end of an answer.
   *
   * @return how many octets it has
   */
  long await(End end) throws IOException {
    held = 0;
    read = 0;
    while (!end.reached(tail, held)) {
      in.clear();
      int count = channel.read(in);
      if (count < 0) {
        throw new EOFException("closed after: " + text());
      }
      read += count;
      keep(in.flip());
    }
    return read;
  }

  private void keep(ByteBuffer octets) {
    int count = octets.remaining();
    if (count >= TAIL) {
      octets.position(count - TAIL);
      held = 0;
    } else if (held + count > tail.length) {
      System.arraycopy(tail, held - TAIL, tail, 0, TAIL);
      held = TAIL;
    }
    int length = octets.remaining();
    octets.get(tail, held, length);
    held += length;
  }

  /** The last octets of the last answer. */
  String text() {
    return new String(tail, 0, held, StandardCharsets.ISO_8859_1);
  }

  /** Where the last line begins; -1 when it has not ended. */
  static int lastLine(byte[] tail, int length) {
    if (length < 2 || tail[length - 1] != '\n') {
      return -1;
    }
    int at = length - 2;
    while (at >= 0 && tail[at] != '\n') {
      at--;
    }
    return at + 1;
  }

  /** One line, whatever it says. */
  static boolean oneLine(byte[] tail, int length) {
    return length > 0 && tail[length - 1] == '\n';
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
