package org.posthorn.imap.fetch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.Chars;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;

/** RFC 9051 section 9: section, section-binary, partial. */
public final class SectionParser {

  private static final Section.Text[] TEXTS = Section.Text.values();

  private SectionParser() {}

  /** {@code "[" [section-spec] "]"}. */
  public static Section section(CommandReader in) throws SyntaxException {
    in.expect('[');
    List<Long> part = Chars.isDigit(in.peek()) ? new ArrayList<>() : List.of();
    boolean more = numbers(in, part);
    Section section = more ? text(in, part) : new Section(part, Section.Text.ALL, List.of());
    in.expect(']');
    return section;
  }

  /** {@code "[" [section-part] "]"}: part numbers alone (RFC 3516). */
  public static List<Long> part(CommandReader in) throws SyntaxException {
    in.expect('[');
    List<Long> part = new ArrayList<>();
    if (numbers(in, part) && !part.isEmpty()) {
      throw in.error("expected a part number");
    }
    in.expect(']');
    return part;
  }

  /** {@code "<" number64 "." nz-number64 ">"}, or null if none follows. */
  public static @Nullable Partial partial(CommandReader in) throws SyntaxException {
    if (!in.accept('<')) {
      return null;
    }
    long offset = in.expectNumber64();
    in.expect('.');
    long count = in.expectNumber64();
    if (count == 0) {
      throw in.error("expected a number greater than 0");
    }
    in.expect('>');
    return new Partial(offset, count);
  }

  /** Part numbers; whether a text specifier is to follow. */
  private static boolean numbers(CommandReader in, List<Long> part) throws SyntaxException {
    if (in.peek() == ']') {
      return false;
    }
    while (Chars.isDigit(in.peek())) {
      part.add(in.expectNzNumber());
      if (!in.accept('.')) {
        return false;
      }
    }
    return true;
  }

  private static Section text(CommandReader in, List<Long> part) throws SyntaxException {
    int start = in.position();
    String word = in.expectName();
    for (Section.Text text : TEXTS) {
      boolean possible = text != Section.Text.MIME || !part.isEmpty();
      if (word.equals(text.word()) && possible) {
        return new Section(part, text, fields(in, text));
      }
    }
    throw new SyntaxException("unknown section", start);
  }

  private static List<Octets> fields(CommandReader in, Section.Text text) throws SyntaxException {
    if (text != Section.Text.HEADER_FIELDS && text != Section.Text.HEADER_FIELDS_NOT) {
      return List.of();
    }
    in.expectSpace();
    in.expect('(');
    Octets[] fields = new Octets[in.spacesUpTo(')') + 1];
    int count = 0;
    do {
      if (count == fields.length) {
        fields = Arrays.copyOf(fields, count * 2);
      }
      fields[count++] = in.expectFieldName();
    } while (in.acceptSpace());
    in.expect(')');
    return List.of(count == fields.length ? fields : Arrays.copyOf(fields, count));
  }
}
