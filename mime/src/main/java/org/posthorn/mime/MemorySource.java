package org.posthorn.mime;

import java.nio.ByteBuffer;

/** Octets in memory as a source. */
final class MemorySource implements OctetSource {

  private final Octets octets;

  MemorySource(Octets octets) {
    this.octets = octets;
  }

  @Override
  public long size() {
    return octets.length();
  }

  @Override
  public int read(long position, ByteBuffer into) {
    if (position >= octets.length()) {
      return -1;
    }
    int from = octets.from() + (int) position;
    int count = Math.min(into.remaining(), octets.to() - from);
    into.put(octets.array(), from, count);
    return count;
  }

  @Override
  public Octets slice(long from, long to) {
    return octets.slice(Math.toIntExact(from), Math.toIntExact(to));
  }
}
