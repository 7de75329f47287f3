package org.posthorn.mime.message;

import java.nio.ByteBuffer;
import org.posthorn.mime.OctetSource;

/** Gives a few octets a read and counts them, as a store would. */
final class RangedSource implements OctetSource {

  private final byte[] octets;
  private final int most;
  long given;

  RangedSource(byte[] octets, int most) {
    this.octets = octets;
    this.most = most;
  }

  @Override
  public long size() {
    return octets.length;
  }

  @Override
  public int read(long position, ByteBuffer into) {
    int count = (int) Math.min(Math.min(most, into.remaining()), octets.length - position);
    if (count <= 0) {
      return -1;
    }
    into.put(octets, (int) position, count);
    given += count;
    return count;
  }
}
