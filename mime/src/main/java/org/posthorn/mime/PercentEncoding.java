package org.posthorn.mime;

/** The percent-encoding of extended parameter values (RFC 2231 section 4). */
final class PercentEncoding {

  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  /**
   * The octets that are written so; a percent sign without two hexadecimal digits stands for
   * itself.
   */
  static Octets decode(Octets encoded) {
    if (encoded.indexOf((byte) '%') < 0) {
      return encoded;
    }
    byte[] decoded = new byte[encoded.length()];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      int octet = encoded.at(i);
      if (octet == '%' && i + 2 < encoded.length()) {
        int high = Character.digit(encoded.at(i + 1), 16);
        int low = Character.digit(encoded.at(i + 2), 16);
        if (high >= 0 && low >= 0) {
          octet = high * 16 + low;
          i += 2;
        }
      }
      decoded[length++] = (byte) octet;
    }
    return Octets.of(decoded, 0, length);
  }

  /** Writes an octet, encoded unless it is an attribute-char. */
  static void encode(int octet, IndexWriter out) {
    boolean plain = octet > ' ' && octet < 127 && "*'%()<>@,;:\\\"/[]?=".indexOf(octet) < 0;
    if (plain) {
      out.octet(octet);
    } else {
      out.octet('%');
      out.octet(HEX.charAt(octet >> 4));
      out.octet(HEX.charAt(octet & 15));
    }
  }
}
