package org.posthorn.delivery.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.posthorn.delivery.Spool;
import org.posthorn.store.StoreException;

/** A spool for libraries that want a stream. */
final class SpoolInput extends InputStream {
  private final Spool spool;
  private long position;

  SpoolInput(Spool spool) {
    this.spool = spool;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int n = spool.read(position, ByteBuffer.wrap(into, offset, length));
      position += Math.max(n, 0);
      return n;
    } catch (StoreException e) {
      throw new IOException(e);
    }
  }
}
