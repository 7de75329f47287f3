package org.posthorn.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The encoding of values in esmtp parameters (RFC 3461 section 4), UTF-8 below it. */
public final class Xtext {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private Xtext() {}

  /** Encodes whatever is not printable US-ASCII, {@code +} and {@code =}. */
  public static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 0x7f && octet != '+' && octet != '=') {
        out.append((char) octet);
      } else {
        out.append('+').append(HEX[(octet >> 4) & 15]).append(HEX[octet & 15]);
      }
    }
    return out.toString();
  }

  /** Undoes the encoding. */
  public static String decode(String xtext) throws SmtpSyntaxException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(xtext.length());
    for (int i = 0; i < xtext.length(); i++) {
      char c = xtext.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '=') {
        throw new SmtpSyntaxException("xtext expected");
      }
      if (c == '+') {
        octets.write(hex(xtext, i + 1) << 4 | hex(xtext, i + 2));
        i += 2;
      } else {
        octets.write(c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new SmtpSyntaxException("xtext of UTF-8 expected");
    }
  }

  private static int hex(String text, int at) throws SmtpSyntaxException {
    char c = at < text.length() ? text.charAt(at) : 0;
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
      return c - 'A' + 10;
    }
    throw new SmtpSyntaxException("two upper case hexadecimal digits expected behind +");
  }
}
