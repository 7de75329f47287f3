package org.posthorn.imap.fetch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Field;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Part;

/** Finds the octets of a section by the index, without reading the message. */
public final class SectionResolver {

  private static final int FEW = 16;

  private SectionResolver() {}

  /** The octets of the section, or null where the message has no such part. */
  public static @Nullable Slices resolve(Section section, MessageIndex index) {
    Part part = part(section.part(), index);
    if (part == null) {
      return null;
    }
    boolean wholeMessage = section.part().isEmpty();
    return switch (section.text()) {
      case ALL -> Slices.of(wholeMessage ? part.headerStart() : part.bodyStart(), part.end());
      case MIME -> Slices.of(part.headerStart(), part.bodyStart());
      case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT, TEXT -> {
        Part message = wholeMessage ? part : embedded(part);
        yield message == null ? null : ofMessage(section, message);
      }
    };
  }

  /** The part of those numbers; none is the message itself. */
  public static @Nullable Part part(List<Long> numbers, MessageIndex index) {
    int[] path = new int[numbers.size()];
    for (int i = 0; i < path.length; i++) {
      // No message has so many parts that the difference matters.
      path[i] = (int) Math.min(numbers.get(i), Integer.MAX_VALUE);
    }
    return index.part(path);
  }

  /** HEADER and TEXT of a part are those of the message in it (RFC 9051 section 6.4.5.1). */
  private static @Nullable Part embedded(Part part) {
    return part.kind() == Part.Kind.MESSAGE ? part.children().get(0) : null;
  }

  private static Slices ofMessage(Section section, Part message) {
    return switch (section.text()) {
      case HEADER -> Slices.of(message.headerStart(), message.bodyStart());
      case TEXT -> Slices.of(message.bodyStart(), message.end());
      default -> fields(message, section.fields(), section.text() == Section.Text.HEADER_FIELDS);
    };
  }

  /** In lower case, where there are so many that it is worth while to hash them. */
  private static Set<Octets> many(List<Octets> names) {
    if (names.size() <= FEW) {
      return Set.of();
    }
    Set<Octets> many = new HashSet<>();
    for (Octets name : names) {
      many.add(name.toLowerCase());
    }
    return many;
  }

  /** Few names are compared: they differ in length mostly. */
  private static boolean contains(List<Octets> names, Set<Octets> many, Octets name) {
    if (!many.isEmpty()) {
      return many.contains(name.toLowerCase());
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private static Slices fields(Part message, List<Octets> names, boolean named) {
    Set<Octets> many = many(names);
    Slices.Builder found = new Slices.Builder();
    long end = message.headerStart();
    for (Field field : message.fields()) {
      if (contains(names, many, field.name()) == named) {
        found.add(field.start(), field.end());
      }
      end = field.end();
    }
    // "the blank line is included in all header fetches, except in the case of a message which
    // has no body and no blank line" (RFC 9051 section 6.4.5.1)
    boolean blankLine = end < message.bodyStart();
    boolean body = message.bodyStart() < message.end();
    return (blankLine || body ? found.addLineEnd() : found).build();
  }
}
