package org.posthorn.mime.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.posthorn.mime.ContentCodec;

/** What a codec makes of a stream. Holds one buffer. */
final class DecodedInputStream extends InputStream {

  private static final int BUFFER = 8192;

  /** A codec may want that much room for one step. */
  private static final int ROOM = 80;

  private final InputStream encoded;
  private final ContentCodec codec;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteBuffer in = ByteBuffer.wrap(buffer).limit(0);

  /** Decoded octets for which the caller had no room. */
  private final ByteBuffer rest = ByteBuffer.allocate(ROOM).limit(0);

  private boolean ended;
  private boolean finished;

  DecodedInputStream(InputStream encoded, ContentCodec codec) {
    this.encoded = encoded;
    this.codec = codec;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (length >= ROOM && !rest.hasRemaining()) {
      ByteBuffer out = ByteBuffer.wrap(target, from, length);
      fill(out);
      int count = out.position() - from;
      return count == 0 ? -1 : count;
    }
    if (!rest.hasRemaining()) {
      rest.clear();
      fill(rest);
      rest.flip();
    }
    int count = Math.min(length, rest.remaining());
    rest.get(target, from, count);
    return count == 0 ? -1 : count;
  }

  /** Decodes until there is something, or the end. */
  private void fill(ByteBuffer out) throws IOException {
    int start = out.position();
    while (out.position() == start && !finished) {
      if (!in.hasRemaining() && !ended) {
        int count = encoded.read(buffer, 0, BUFFER);
        ended = count < 0;
        in.position(0).limit(Math.max(0, count));
      }
      codec.convert(in, out);
      if (ended && !in.hasRemaining() && out.remaining() >= ROOM / 2) {
        finished = codec.finish(out);
      }
    }
  }

  @Override
  public void close() throws IOException {
    encoded.close();
  }
}
