package org.posthorn.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Type as it is understood (RFC 2045 section 5).
 *
 * @param usable whether it came from a field that could be read as it stands
 */
record MediaType(Octets type, Octets subtype, List<Parameter> parameters, boolean usable) {

  static final Octets TEXT = Octets.ascii("text");
  static final Octets PLAIN = Octets.ascii("plain");
  static final Octets SEVEN_BIT = Octets.ascii("7BIT");
  static final Parameter US_ASCII =
      new Parameter(Octets.ascii("charset"), Octets.ascii("us-ascii"));

  /** What a part is that does not say (RFC 2045 section 5.2). */
  static final MediaType DEFAULT = new MediaType(TEXT, PLAIN, List.of(US_ASCII), false);

  /** What a part of a multipart/digest is that does not say (RFC 2046 section 5.1.5). */
  static final MediaType DIGEST_DEFAULT =
      new MediaType(Octets.ascii("message"), Octets.ascii("rfc822"), List.of(), true);

  /** What stands for content that may not be looked into. */
  static final MediaType OPAQUE =
      new MediaType(Octets.ascii("application"), Octets.ascii("octet-stream"), List.of(), true);

  /**
   * Reads a field's value; {@code text} alone is taken for text/plain, other malformed ones are the
   * default.
   */
  static MediaType parse(Octets value, int maxParameters) {
    ValueLexer lexer = new ValueLexer(value);
    lexer.skipSpace();
    Octets type = lexer.token();
    lexer.skipSpace();
    Octets subtype = Octets.EMPTY;
    if (lexer.accept('/')) {
      lexer.skipSpace();
      subtype = lexer.token();
    }
    if (!type.isEmpty() && !subtype.isEmpty()) {
      return new MediaType(type, subtype, ParameterList.parse(lexer, maxParameters), true);
    }
    if (type.equalsIgnoreCase(TEXT)) {
      return new MediaType(type, PLAIN, ParameterList.parse(lexer, maxParameters), false);
    }
    return DEFAULT;
  }

  boolean isMultipart() {
    return type.equalsIgnoreCase("multipart");
  }

  boolean isDigest() {
    return subtype.equalsIgnoreCase("digest");
  }

  /** Whether this is a whole message: message/rfc822, or message/global of RFC 6532. */
  boolean isMessage() {
    return type.equalsIgnoreCase("message")
        && (subtype.equalsIgnoreCase("rfc822") || subtype.equalsIgnoreCase("global"));
  }

  /** The boundary without trailing white space, or null if there is none that can be used. */
  byte @Nullable [] boundary() {
    Octets value = ParameterList.text(parameters, "boundary");
    if (value == null) {
      return null;
    }
    int end = value.length();
    while (end > 0 && (value.at(end - 1) == ' ' || value.at(end - 1) == '\t')) {
      end--;
    }
    return end == 0 || end > BoundaryLine.MAX_BOUNDARY ? null : value.slice(0, end).toByteArray();
  }

  MediaType withType(MediaType other) {
    return new MediaType(other.type, other.subtype, parameters, usable);
  }
}
