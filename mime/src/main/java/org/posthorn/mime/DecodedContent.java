package org.posthorn.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The decoders that a part's body needs, by its Content-Transfer-Encoding and charset. */
public final class DecodedContent {

  private DecodedContent() {}

  /**
   * Whether the encoding is one that {@link #octets(Octets)} can undo: 7bit, 8bit, binary, base64,
   * quoted-printable, x-uuencode, x-yenc.
   */
  public static boolean isKnown(Octets encoding) {
    return TransferEncoding.of(encoding) != TransferEncoding.UNKNOWN;
  }

  /** Undoes the Content-Transfer-Encoding; an unknown one passes the octets through unchanged. */
  public static ContentCodec octets(Octets encoding) {
    return TransferEncoding.of(encoding).decoder();
  }

  /**
   * Undoes the part's Content-Transfer-Encoding; a part with parts of its own is passed through
   * unchanged.
   */
  public static ContentCodec octets(Part part) {
    return part.kind() == Part.Kind.SINGLE ? octets(part.encoding()) : new PlainCodec();
  }

  /**
   * Undoes the part's transfer encoding and charset. Where the charset is missing, unknown or
   * US-ASCII, octets above 127 are read as UTF-8 where they are that, else as windows-1252.
   */
  public static TextDecoder text(Part part) {
    Octets label = ParameterList.text(part.parameters(), "charset");
    Charset charset = label == null ? null : Charsets.find(label);
    return charset == null || charset.equals(StandardCharsets.US_ASCII)
        ? TextDecoder.guessing(octets(part))
        : new TextDecoder(octets(part), charset);
  }
}
