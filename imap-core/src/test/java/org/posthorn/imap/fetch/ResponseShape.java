package org.posthorn.imap.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a FETCH response by the letter of the grammar (RFC 9051 section 9) and complains about
 * everything else. Values are null for NIL, String, Long, and List.
 */
public final class ResponseShape {

  private final String text;
  private int at;

  private ResponseShape(String text) {
    this.text = text;
  }

  /** The value of the only item in a response to FETCH, one octet a character. */
  public static @Nullable Object valueOf(String item, String response) {
    ResponseShape shape = new ResponseShape(response);
    shape.expect("* 1 FETCH (" + item + " ");
    Object value = shape.value();
    shape.expect(")\r\n");
    if (shape.at != response.length()) {
      throw shape.error("more than one response");
    }
    return value;
  }

  private AssertionError error(String message) {
    return new AssertionError(message + " at " + at + " of: " + text);
  }

  private void expect(String expected) {
    if (!text.startsWith(expected, at)) {
      throw error("expected " + expected);
    }
    at += expected.length();
  }

  private boolean accept(String wanted) {
    boolean there = text.startsWith(wanted, at);
    at += there ? wanted.length() : 0;
    return there;
  }

  private @Nullable Object value() {
    if (accept("(")) {
      return list();
    }
    if (accept("\"")) {
      return quoted();
    }
    if (accept("{")) {
      return literal();
    }
    return accept("NIL") ? null : number();
  }

  private List<Object> list() {
    List<Object> values = new ArrayList<>();
    do {
      // Parts of a multipart, and addresses, follow each other without a space.
      do {
        values.add(value());
      } while (text.charAt(at) == '(');
    } while (accept(" "));
    expect(")");
    return values;
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    for (char c; (c = text.charAt(at++)) != '"'; ) {
      if (c == '\\') {
        c = text.charAt(at++);
        if (c != '"' && c != '\\') {
          throw error("bad escape");
        }
      } else if (c == 0 || c > 127 || c == '\r' || c == '\n') {
        throw error("bad quoted character");
      }
      value.append(c);
    }
    return value.toString();
  }

  private String literal() {
    int length = (int) number();
    expect("}\r\n");
    at += length;
    String value = text.substring(at - length, at);
    if (value.indexOf(0) >= 0) {
      throw error("NUL in a literal");
    }
    return value;
  }

  private long number() {
    int start = at;
    while (Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw error("expected a value");
    }
    return Long.parseLong(text.substring(start, at));
  }

  /** envelope. */
  static void checkEnvelope(@Nullable Object value) {
    List<?> envelope = list(value, 10, 10);
    for (int i : new int[] {0, 1, 8, 9}) {
      nstring(envelope.get(i));
    }
    for (int i = 2; i < 8; i++) {
      if (envelope.get(i) != null) {
        for (Object address : list(envelope.get(i), 1, Integer.MAX_VALUE)) {
          list(address, 4, 4).forEach(ResponseShape::nstring);
        }
      }
    }
  }

  /** body; how many parts that are no multipart it has, those of embedded messages included. */
  static int checkBody(@Nullable Object value, boolean extended) {
    List<?> body = list(value, 2, Integer.MAX_VALUE);
    int parts = 0;
    if (body.get(0) instanceof List<?>) {
      int i = 0;
      while (body.get(i) instanceof List<?>) {
        parts += checkBody(body.get(i++), extended);
      }
      string(body.get(i++));
      if (extended) {
        parameters(body.get(i++));
        i = checkExtension(body, i);
      }
      size(body, i);
      return parts;
    }
    string(body.get(0));
    string(body.get(1));
    parameters(body.get(2));
    nstring(body.get(3));
    nstring(body.get(4));
    string(body.get(5));
    number(body.get(6));
    int i = 7;
    String type = (body.get(0) + "/" + body.get(1)).toLowerCase(Locale.ROOT);
    if (type.equals("message/rfc822")) {
      checkEnvelope(body.get(i++));
      parts += checkBody(body.get(i++), extended);
      number(body.get(i++));
    } else if (type.startsWith("text/")) {
      number(body.get(i++));
    }
    if (extended) {
      nstring(body.get(i++));
      i = checkExtension(body, i);
    }
    size(body, i);
    return parts + 1;
  }

  private static int checkExtension(List<?> body, int at) {
    if (body.get(at) != null) {
      List<?> disposition = list(body.get(at), 2, 2);
      string(disposition.get(0));
      parameters(disposition.get(1));
    }
    if (body.get(at + 1) instanceof List<?> languages) {
      languages.forEach(ResponseShape::string);
    } else {
      nstring(body.get(at + 1));
    }
    nstring(body.get(at + 2));
    return at + 3;
  }

  private static void parameters(@Nullable Object value) {
    if (value != null) {
      List<?> parameters = list(value, 2, Integer.MAX_VALUE);
      parameters.forEach(ResponseShape::string);
      check(parameters.size() % 2 == 0, parameters);
    }
  }

  private static List<?> list(@Nullable Object value, int min, int max) {
    check(value instanceof List<?>, value);
    List<?> list = (List<?>) value;
    check(list.size() >= min && list.size() <= max, list);
    return list;
  }

  private static void size(List<?> list, int size) {
    check(list.size() == size, list);
  }

  private static void string(@Nullable Object value) {
    check(value instanceof String, value);
  }

  private static void nstring(@Nullable Object value) {
    check(value == null || value instanceof String, value);
  }

  private static void number(@Nullable Object value) {
    check(value instanceof Long, value);
  }

  private static void check(boolean good, @Nullable Object value) {
    if (!good) {
      throw new AssertionError("does not belong here: " + value);
    }
  }
}
