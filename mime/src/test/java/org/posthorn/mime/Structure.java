package org.posthorn.mime;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * Shows the structure of a message in one line, so that a test can say what it expects in one line.
 */
final class Structure {

  private Structure() {}

  /** The octets of the text, one for each character, every LF made CRLF. */
  static byte[] message(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  static MessageIndex index(String text) {
    return MessageIndex.of(message(text));
  }

  /** The part as type/subtype, body length and lines, children in brackets. */
  static String of(Part part) {
    StringBuilder text = new StringBuilder();
    text.append(part.type()).append('/').append(part.subtype());
    text.append(' ').append(part.end() - part.bodyStart()).append(' ').append(part.lines());
    if (part.kind() != Part.Kind.SINGLE) {
      StringJoiner children =
          new StringJoiner(
              ", ",
              part.kind() == Part.Kind.MULTIPART ? "[" : "{",
              part.kind() == Part.Kind.MULTIPART ? "]" : "}");
      part.children().forEach(child -> children.add(of(child)));
      text.append(' ').append(children);
    }
    return text.toString();
  }

  static String of(String text) {
    return of(index(text).root());
  }

  static String slice(String text, long from, long to) {
    byte[] message = message(text);
    return new String(message, (int) from, (int) (to - from), StandardCharsets.ISO_8859_1);
  }

  static String header(String text, Part part) {
    return slice(text, part.headerStart(), part.bodyStart());
  }

  static String body(String text, Part part) {
    return slice(text, part.bodyStart(), part.end());
  }

  static String addresses(Iterable<MailAddress> addresses) {
    StringBuilder text = new StringBuilder();
    for (MailAddress a : addresses) {
      text.append('(').append(show(a.name())).append(' ').append(show(a.route())).append(' ');
      text.append(show(a.mailbox())).append(' ').append(show(a.host())).append(')');
    }
    return text.toString();
  }

  private static String show(Object value) {
    return value == null ? "NIL" : "\"" + value + "\"";
  }

  static String parameters(Iterable<Parameter> parameters) {
    StringJoiner text = new StringJoiner("; ");
    parameters.forEach(p -> text.add(p.name() + "=" + p.value()));
    return text.toString();
  }
}
