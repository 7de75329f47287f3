package org.posthorn.mime;

import java.util.Locale;

/** What a Content-Transfer-Encoding asks for (RFC 2045 section 6). */
public enum TransferEncoding {
  /** 7bit, 8bit or binary: the octets as they are. */
  IDENTITY,
  /** base64. */
  BASE64,
  /** quoted-printable. */
  QUOTED_PRINTABLE,
  /** x-uuencode and its other names. */
  UUENCODE,
  /** x-yenc and its other names. */
  YENC,
  /** One that is not known here. */
  UNKNOWN;

  /** The encoding of that name in any case. */
  public static TransferEncoding of(Octets name) {
    if (name.equalsIgnoreCase("7bit") || name.equalsIgnoreCase("8bit")) {
      return IDENTITY;
    }
    if (name.equalsIgnoreCase("quoted-printable")) {
      return QUOTED_PRINTABLE;
    }
    if (name.equalsIgnoreCase("base64")) {
      return BASE64;
    }
    return switch (name.toString().toLowerCase(Locale.ROOT)) {
      case "binary", "7-bit", "8-bit", "" -> IDENTITY;
      case "x-uuencode", "uuencode", "x-uue", "uue" -> UUENCODE;
      case "x-yenc", "yenc" -> YENC;
      default -> UNKNOWN;
    };
  }

  /** Whether the octets are changed by it, so that no structure can be seen in them. */
  public boolean isEncoded() {
    return this == BASE64 || this == QUOTED_PRINTABLE || this == UUENCODE || this == YENC;
  }

  /** A new codec that undoes the encoding; an unknown one passes the octets through unchanged. */
  public ContentCodec decoder() {
    return switch (this) {
      case IDENTITY, UNKNOWN -> new PlainCodec();
      case BASE64 -> new Base64Decoder();
      case QUOTED_PRINTABLE -> new QuotedPrintableDecoder();
      case UUENCODE -> new UuDecoder();
      case YENC -> new YencDecoder();
    };
  }
}
