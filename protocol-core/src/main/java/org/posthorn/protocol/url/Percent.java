package org.posthorn.protocol.url;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoded UTF-8 (RFC 3986 section 2.1, RFC 5092 section 8). */
final class Percent {
  private static final String UNRESERVED = "-._~!$'()*+,&=:@/";

  private Percent() {}

  /** RFC 5092: bchar. */
  static String decode(String text) throws ImapUrlException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
        if (low < 0 || text.charAt(i + 1) > 127 || text.charAt(i + 2) > 127) {
          throw new ImapUrlException("Percent sign without two digits");
        }
        octets.write(high * 16 + low);
        i += 2;
      } else if (isPlain(c)) {
        octets.write(c);
      } else {
        throw new ImapUrlException("Character that has to be encoded");
      }
    }
    try {
      ByteBuffer all = ByteBuffer.wrap(octets.toByteArray());
      return StandardCharsets.UTF_8.newDecoder().decode(all).toString();
    } catch (CharacterCodingException e) {
      throw new ImapUrlException("Not UTF-8");
    }
  }

  /** The text with all but unreserved characters and slashes encoded. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 8);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (isPlain(c)) {
        encoded.append(c);
      } else {
        encoded.append('%');
        encoded.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        encoded.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }
}
