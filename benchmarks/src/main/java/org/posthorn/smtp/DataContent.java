package org.posthorn.smtp;

import java.nio.ByteBuffer;

/**
 * Reads what follows 354 up to the dot, chunk by chunk, and drops it: for the benchmarks, in this
 * package because the reader is not public.
 */
public final class DataContent {
  private final ByteBuffer chunk = ByteBuffer.allocate(64 << 10);

  /** How many octets the content has. */
  public long read(ByteBuffer in) {
    DataReader reader = DataReader.untilDot(BareLineEnds.KEEP);
    long octets = 0;
    while (!reader.ended()) {
      chunk.clear();
      reader.read(in, chunk);
      octets += chunk.position();
    }
    return octets;
  }
}
