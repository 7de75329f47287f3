package org.posthorn.imap.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Octets;

/**
 * A message as a tree of its parts, from which every section can be put together in the obvious
 * way: the reference for what the index finds by offsets.
 */
final class MailTree {

  enum Kind {
    TEXT,
    MULTIPART,
    MESSAGE
  }

  private final Kind kind;

  /** Whole fields with their line ends. */
  private final List<String> fields = new ArrayList<>();

  private final String text;
  private final List<MailTree> children = new ArrayList<>();
  private final String boundary;

  private MailTree(Kind kind, String text, String boundary) {
    this.kind = kind;
    this.text = text;
    this.boundary = boundary;
  }

  static MailTree random(Random random) {
    return message(random, 0);
  }

  private static MailTree message(Random random, int depth) {
    MailTree root = part(random, depth);
    root.fields.add(random.nextInt(root.fields.size() + 1), "From: a@example.org\r\n");
    root.fields.add(
        random.nextInt(root.fields.size() + 1), "Subject: some\r\n\tfolded " + depth + "\r\n");
    root.fields.add(random.nextInt(root.fields.size() + 1), "subject:twice\r\n");
    return root;
  }

  private static MailTree part(Random random, int depth) {
    Kind[] kinds = Kind.values();
    Kind kind = depth > 3 ? Kind.TEXT : kinds[random.nextInt(kinds.length)];
    String boundary = "b" + depth + "-" + random.nextInt(100);
    String[] bodies = {
      "", "\r\n", "x", "one\r\ntwo\r\n", "\r\n\r\n--nothing\r\n", "no end", "a\nb"
    };
    MailTree part = new MailTree(kind, bodies[random.nextInt(bodies.length)], boundary);
    switch (kind) {
      case TEXT -> part.fields.add("Content-Type: text/plain; charset=utf-8\r\n");
      case MULTIPART -> {
        part.fields.add("Content-Type: multipart/mixed;\r\n boundary=\"" + boundary + "\"\r\n");
        for (int i = random.nextInt(3); i >= 0; i--) {
          part.children.add(part(random, depth + 1));
        }
      }
      case MESSAGE -> {
        part.fields.add("Content-Type: message/rfc822\r\n");
        part.children.add(message(random, depth + 1));
      }
    }
    part.fields.add("X-Depth: " + depth + "\r\n");
    return part;
  }

  String whole() {
    return header() + body();
  }

  private String header() {
    return String.join("", fields) + "\r\n";
  }

  private String body() {
    return switch (kind) {
      case TEXT -> text;
      case MESSAGE -> children.get(0).whole();
      case MULTIPART -> {
        StringBuilder body = new StringBuilder("preamble");
        for (MailTree child : children) {
          body.append("\r\n--").append(boundary).append("\r\n").append(child.whole());
        }
        yield body.append("\r\n--").append(boundary).append("--\r\nepilogue").toString();
      }
    };
  }

  /** The octets of a section; null where there is no such part. */
  @Nullable String section(Section section) {
    if (section.part().isEmpty()) {
      return section.text() == Section.Text.ALL ? whole() : ofMessage(section);
    }
    MailTree part = find(section.part());
    if (part == null) {
      return null;
    }
    return switch (section.text()) {
      case ALL -> part.body();
      case MIME -> part.header();
      default -> part.kind == Kind.MESSAGE ? part.children.get(0).ofMessage(section) : null;
    };
  }

  private @Nullable MailTree find(List<Long> numbers) {
    // The parts of a message: those of its multipart, or else its body as the only one.
    List<MailTree> parts = kind == Kind.MULTIPART ? children : List.of(this);
    int index = (int) (numbers.get(0) - 1);
    if (index >= parts.size()) {
      return null;
    }
    MailTree part = parts.get(index);
    List<Long> rest = numbers.subList(1, numbers.size());
    if (rest.isEmpty()) {
      return part;
    }
    return switch (part.kind) {
      case TEXT -> null;
      case MULTIPART -> part.find(rest);
      case MESSAGE -> part.children.get(0).find(rest);
    };
  }

  private @Nullable String ofMessage(Section section) {
    return switch (section.text()) {
      case HEADER -> header();
      case TEXT -> body();
      case HEADER_FIELDS -> fields(section.fields(), true);
      case HEADER_FIELDS_NOT -> fields(section.fields(), false);
      default -> null;
    };
  }

  private String fields(List<Octets> names, boolean named) {
    StringBuilder found = new StringBuilder();
    for (String field : fields) {
      String name = field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT);
      boolean wanted =
          names.stream().anyMatch(n -> n.asAscii().toLowerCase(Locale.ROOT).equals(name));
      if (wanted == named) {
        found.append(field);
      }
    }
    return found + "\r\n";
  }
}
