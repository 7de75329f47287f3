package org.posthorn.mime;

import java.nio.ByteBuffer;

/**
 * Undoes base64 (RFC 2045 section 6.8). Octets outside the alphabet are passed over, padding may be
 * missing or stand in between.
 */
public final class Base64Decoder implements ContentCodec {

  /** A codec for one content. */
  public Base64Decoder() {}

  @Override
  public void convert(ByteBuffer in, ByteBuffer out) {}

  @Override
  public boolean finish(ByteBuffer out) {
    return true;
  }
}
