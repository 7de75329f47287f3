package org.posthorn.mime.compose;

import java.nio.charset.StandardCharsets;

/** Writes parameters: as tokens, quoted, or extended and continued (RFC 2231). */
final class ParameterWriter {

  private static final int LINE = FieldWriter.LINE - 4;
  private static final String HEX = "0123456789ABCDEF";

  private ParameterWriter() {}

  static void write(String name, String value, FieldWriter out) {
    out.glue(";");
    // Many readers decode encoded-words here and trim white space, so such texts go the safe way.
    boolean writable =
        out.isWritable(value) && !value.contains("=?") && value.equals(value.strip());
    if (writable && isToken(value) && name.length() + 1 + value.length() <= LINE) {
      out.token(name + "=" + value);
      return;
    }
    String quoted = FieldWriter.quoted(value);
    if (writable && name.length() + 1 + quoted.length() <= LINE) {
      out.token(name + "=" + quoted);
      return;
    }
    extended(name, value, out);
  }

  private static void extended(String name, String value, FieldWriter out) {
    StringBuilder piece = new StringBuilder("utf-8''");
    StringBuilder whole = new StringBuilder(piece);
    for (int i = 0; i < value.length(); i = value.offsetByCodePoints(i, 1)) {
      whole.append(encoded(value.substring(i, value.offsetByCodePoints(i, 1))));
    }
    if (name.length() + 2 + whole.length() <= LINE) {
      out.token(name + "*=" + whole);
      return;
    }
    int number = 0;
    for (int i = 0; i < value.length(); ) {
      int next = value.offsetByCodePoints(i, 1);
      String character = encoded(value.substring(i, next));
      String start = name + "*" + number + "*=";
      if (start.length() + piece.length() + character.length() > LINE) {
        out.token(start + piece);
        out.glue(";");
        number++;
        piece.setLength(0);
      }
      piece.append(character);
      i = next;
    }
    out.token(name + "*" + number + "*=" + piece);
  }

  private static String encoded(String character) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (isTokenCharacter(c) && "*'%".indexOf(c) < 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return encoded.toString();
  }

  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenCharacter(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** RFC 2045 section 5.1. */
  private static boolean isTokenCharacter(char c) {
    return c > ' ' && c < 127 && "()<>@,;:\\\"/[]?=".indexOf(c) < 0;
  }
}
