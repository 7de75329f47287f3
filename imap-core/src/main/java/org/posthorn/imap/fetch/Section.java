package org.posthorn.imap.fetch;

import java.util.List;
import org.posthorn.mime.Octets;

/**
 * A section of a message (RFC 9051 section 6.4.5.1): what stands in the brackets of {@code BODY[]}.
 *
 * @param part the part numbers, none for the message itself
 * @param text which text of it
 * @param fields the field names of HEADER.FIELDS and HEADER.FIELDS.NOT as the client wrote them,
 *     else none
 */
public record Section(List<Long> part, Text text, List<Octets> fields) {

  /** Which text of a message or part. */
  public enum Text {
    /** All of the message, or the part's body. */
    ALL(""),
    /** The header of the message, or of the one embedded in the part. */
    HEADER("HEADER"),
    /** Of that header the named fields. */
    HEADER_FIELDS("HEADER.FIELDS"),
    /** Of that header the fields not named. */
    HEADER_FIELDS_NOT("HEADER.FIELDS.NOT"),
    /** The body of the message, or of the one embedded in the part. */
    TEXT("TEXT"),
    /** The part's own header. */
    MIME("MIME");

    private final String word;

    Text(String word) {
      this.word = word;
    }

    /** As it is written; empty for {@link #ALL}. */
    public String word() {
      return word;
    }
  }

  /** The whole message. */
  public static final Section WHOLE = new Section(List.of(), Text.ALL, List.of());

  /** Keeps immutable copies of the lists. */
  public Section {
    part = List.copyOf(part);
    fields = List.copyOf(fields);
  }

  /** Whether it lies in the header of the message itself. */
  boolean isOfHeader() {
    return part.isEmpty() && text != Text.ALL && text != Text.TEXT;
  }

  /** A text of the message itself. */
  public static Section of(Text text) {
    return new Section(List.of(), text, List.of());
  }
}
