package org.posthorn.mime.message;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.posthorn.mime.OctetSource;

/** A range of a source as a stream. */
final class RangeInputStream extends InputStream {

  private final OctetSource source;
  private final long end;
  private long position;

  RangeInputStream(OctetSource source, long from, long end) {
    this.source = source;
    this.position = from;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    int count = (int) Math.min(length, end - position);
    if (count <= 0) {
      return length == 0 ? 0 : -1;
    }
    int read = source.read(position, ByteBuffer.wrap(target, from, count));
    if (read <= 0) {
      throw new EOFException("the source ends at " + position + ", not at " + end);
    }
    position += read;
    return read;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, end - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - position);
  }
}
