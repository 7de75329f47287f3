package org.posthorn.imap.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Octets;

/**
 * A message cut up in the obvious way: strings of one character an octet, taken apart again and
 * again. The reference for what the index finds by offsets in one pass.
 */
final class SlowMail {
  private static final int MAX_DEPTH = 100;
  private static final Pattern TYPE =
      Pattern.compile(
          "\\s*([^\\s;/()<>@,:\\\\\"\\[\\]?=]+)\\s*/\\s*([^\\s;/()<>@,:\\\\\"\\[\\]?=]+).*",
          Pattern.DOTALL);

  private final String header;
  private final String body;
  private final List<String> fields = new ArrayList<>();
  private final List<SlowMail> children = new ArrayList<>();
  private final boolean message;

  /** Whether the last part goes on to the end: of a message, or without a closing boundary. */
  private boolean openEnded;

  private SlowMail(String whole, boolean inDigest, int depth) {
    int bodyStart = bodyStart(whole);
    this.header = whole.substring(0, bodyStart);
    this.body = whole.substring(bodyStart);
    splitFields();
    String type = type(inDigest);
    String encoding = value("content-transfer-encoding");
    boolean encoded =
        encoding != null
            && encoding
                .strip()
                .toLowerCase(Locale.ROOT)
                .matches("\"?(base64|quoted-printable|x-uu.*|uu.*)\\b.*");
    this.message =
        (type.equals("message/rfc822") || type.equals("message/global"))
            && !encoded
            && depth < MAX_DEPTH;
    if (message) {
      children.add(new SlowMail(body, false, depth + 1));
      openEnded = true;
    } else if (type.startsWith("multipart/") && depth < MAX_DEPTH) {
      splitParts(type.equals("multipart/digest"), depth);
    }
  }

  static SlowMail of(String message) {
    return new SlowMail(message, false, 1);
  }

  /** Behind the first blank line; a line that is no field ends the header as well. */
  private static int bodyStart(String text) {
    int at = 0;
    while (at < text.length()) {
      int end = lineEnd(text, at);
      String line = text.substring(at, end);
      if (line.equals("\r\n") || line.equals("\n")) {
        return end;
      }
      at = end;
    }
    return at;
  }

  private static int lineEnd(String text, int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }

  private void splitFields() {
    int at = 0;
    StringBuilder field = new StringBuilder();
    while (at < header.length()) {
      int end = lineEnd(header, at);
      String line = header.substring(at, end);
      if (line.equals("\r\n") || line.equals("\n")) {
        break;
      }
      if (!line.startsWith(" ") && !line.startsWith("\t")) {
        addField(field.toString());
        field.setLength(0);
      }
      field.append(line);
      at = end;
    }
    addField(field.toString());
  }

  private void addField(String field) {
    if (field.matches("(?s)[!-9;-~]+[ \\t]*:.*")) {
      fields.add(field);
    }
  }

  private static String name(String field) {
    return field.substring(0, field.indexOf(':')).strip().toLowerCase(Locale.ROOT);
  }

  private @Nullable String value(String name) {
    for (String field : fields) {
      if (name(field).equals(name)) {
        return field.substring(field.indexOf(':') + 1);
      }
    }
    return null;
  }

  private String type(boolean inDigest) {
    String value = value("content-type");
    if (value == null) {
      return inDigest ? "message/rfc822" : "text/plain";
    }
    Matcher type = TYPE.matcher(value);
    return type.matches()
        ? (type.group(1) + "/" + type.group(2)).toLowerCase(Locale.ROOT)
        : "text/plain";
  }

  private @Nullable String boundary() {
    String value = value("content-type");
    Matcher matcher =
        Pattern.compile("(?is);\\s*boundary\\s*=\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^\\s;\"]+))")
            .matcher(value == null ? "" : value.replaceAll("\r?\n", ""));
    if (!matcher.find()) {
      return null;
    }
    String quoted = matcher.group(1);
    // RFC 2046 section 5.1.1: it does not end with white space.
    return quoted == null ? matcher.group(2) : quoted.replaceAll("\\\\(.)", "$1").stripTrailing();
  }

  private void splitParts(boolean digest, int depth) {
    String boundary = boundary();
    int partStart = -1;
    int at = 0;
    while (boundary != null && at < body.length()) {
      int end = lineEnd(body, at);
      String line = body.substring(at, end).stripTrailing();
      boolean last = line.equals("--" + boundary + "--");
      if (last || line.equals("--" + boundary)) {
        if (partStart >= 0) {
          children.add(part(partStart, at, digest, depth + 1));
        }
        partStart = end;
      }
      at = end;
      if (last) {
        partStart = -1;
        break;
      }
    }
    if (partStart >= 0) {
      children.add(new SlowMail(body.substring(partStart), digest, depth + 1));
      openEnded = true;
    }
    if (children.isEmpty()) {
      children.add(new SlowMail("", false, depth + 1));
    }
  }

  /**
   * The line end before a boundary line belongs to the boundary, unless it is the blank line that
   * ends a header.
   */
  private SlowMail part(int from, int boundaryAt, boolean digest, int depth) {
    SlowMail uncut = new SlowMail(body.substring(from, boundaryAt), digest, depth);
    if (uncut.endsWithHeader()) {
      return uncut;
    }
    int end = boundaryAt;
    if (end > from && body.charAt(end - 1) == '\n') {
      end--;
      if (end > from && body.charAt(end - 1) == '\r') {
        end--;
      }
    }
    return new SlowMail(body.substring(from, end), digest, depth);
  }

  private boolean endsWithHeader() {
    if (body.isEmpty()) {
      return hasBlankLine();
    }
    return openEnded && children.get(children.size() - 1).endsWithHeader();
  }

  private boolean hasBlankLine() {
    return header.equals("\r\n")
        || header.equals("\n")
        || header.endsWith("\n\r\n")
        || header.endsWith("\n\n");
  }

  /** All numbers of parts, as {@code 1.2.1}. */
  List<List<Long>> numbers() {
    List<List<Long>> found = new ArrayList<>();
    numbers(List.of(), found);
    return found;
  }

  private void numbers(List<Long> prefix, List<List<Long>> found) {
    List<SlowMail> parts = isMultipart() ? children : List.of(this);
    for (int i = 0; i < parts.size(); i++) {
      List<Long> number = new ArrayList<>(prefix);
      number.add(i + 1L);
      found.add(number);
      SlowMail part = parts.get(i);
      if (part.message) {
        part.children.get(0).numbers(number, found);
      } else if (part.isMultipart() && part != this) {
        part.numbers(number, found);
      }
    }
  }

  private boolean isMultipart() {
    return !children.isEmpty() && !message;
  }

  /** The octets of a section; null where there is no such part. */
  @Nullable String section(Section section) {
    if (section.part().isEmpty()) {
      return section.text() == Section.Text.ALL ? header + body : ofMessage(section);
    }
    SlowMail part = find(section.part());
    if (part == null) {
      return null;
    }
    return switch (section.text()) {
      case ALL -> part.body;
      case MIME -> part.header;
      default -> part.message ? part.children.get(0).ofMessage(section) : null;
    };
  }

  private @Nullable SlowMail find(List<Long> numbers) {
    List<SlowMail> parts = isMultipart() ? children : List.of(this);
    int index = (int) (numbers.get(0) - 1);
    if (index >= parts.size()) {
      return null;
    }
    SlowMail part = parts.get(index);
    List<Long> rest = numbers.subList(1, numbers.size());
    if (rest.isEmpty()) {
      return part;
    }
    if (part.message) {
      return part.children.get(0).find(rest);
    }
    return part.isMultipart() && part != this ? part.find(rest) : null;
  }

  private @Nullable String ofMessage(Section section) {
    return switch (section.text()) {
      case HEADER -> header;
      case TEXT -> body;
      case HEADER_FIELDS -> fields(section.fields(), true);
      case HEADER_FIELDS_NOT -> fields(section.fields(), false);
      default -> null;
    };
  }

  private String fields(List<Octets> names, boolean named) {
    StringBuilder found = new StringBuilder();
    for (String field : fields) {
      boolean wanted = names.stream().anyMatch(n -> n.equalsIgnoreCase(Octets.ascii(name(field))));
      if (wanted == named) {
        found.append(field);
      }
    }
    // RFC 3501 section 6.4.5: the blank line is there unless the message has none and no body.
    return found + (hasBlankLine() || !body.isEmpty() ? "\r\n" : "");
  }
}
