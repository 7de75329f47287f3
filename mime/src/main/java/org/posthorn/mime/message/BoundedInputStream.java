package org.posthorn.mime.message;

import java.io.IOException;
import java.io.InputStream;

/** The first octets of a stream. */
final class BoundedInputStream extends InputStream {

  private final InputStream in;
  private long left;

  BoundedInputStream(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    int octet = left > 0 ? in.read() : -1;
    left -= octet < 0 ? 0 : 1;
    return octet;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = left > 0 ? in.read(target, from, (int) Math.min(length, left)) : -1;
    left -= Math.max(0, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
