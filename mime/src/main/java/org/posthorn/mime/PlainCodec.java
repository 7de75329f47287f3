package org.posthorn.mime;

import java.nio.ByteBuffer;

/** Passes octets on as they are: 7bit, 8bit, binary. */
final class PlainCodec implements ContentCodec {

  @Override
  public void convert(ByteBuffer in, ByteBuffer out) {
    int count = Math.min(in.remaining(), out.remaining());
    int limit = in.limit();
    out.put(in.limit(in.position() + count));
    in.limit(limit);
  }

  @Override
  public boolean finish(ByteBuffer out) {
    return true;
  }
}
