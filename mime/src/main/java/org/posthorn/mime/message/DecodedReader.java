package org.posthorn.mime.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import org.posthorn.mime.TextDecoder;

/** What a text decoder makes of a stream. */
final class DecodedReader extends Reader {

  private static final int BUFFER = 8192;

  private final InputStream encoded;
  private final TextDecoder decoder;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteBuffer in = ByteBuffer.wrap(buffer).limit(0);
  private final CharBuffer text = CharBuffer.allocate(BUFFER).limit(0);
  private boolean ended;
  private boolean finished;

  DecodedReader(InputStream encoded, TextDecoder decoder) {
    this.encoded = encoded;
    this.decoder = decoder;
  }

  @Override
  public int read(char[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!text.hasRemaining()) {
      if (finished) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, text.remaining());
    text.get(target, from, count);
    return count;
  }

  private void fill() throws IOException {
    text.clear();
    if (!in.hasRemaining() && !ended) {
      int count = encoded.read(buffer, 0, BUFFER);
      ended = count < 0;
      in.position(0).limit(Math.max(0, count));
    }
    if (ended) {
      finished = decoder.finish(text);
    } else {
      decoder.convert(in, text);
    }
    text.flip();
  }

  @Override
  public void close() throws IOException {
    encoded.close();
  }
}
