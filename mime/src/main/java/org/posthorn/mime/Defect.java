package org.posthorn.mime;

/**
 * Something in a message that does not follow the standards and was mended or passed over while
 * indexing.
 *
 * @param kind what it is
 * @param position where in the message, in octets from its start
 */
public record Defect(Kind kind, long position) {

  /** The kinds of defect. The order is part of the stored form: new ones go to the end. */
  public enum Kind {
    /** A header that ends without its blank line. */
    MISSING_BLANK_LINE,
    /** A line within a header that is neither a field nor a continuation. */
    NOT_A_FIELD,
    /** An octet above 127 in a header. */
    EIGHT_BIT_HEADER,
    /** A second field of a kind that may occur only once; the first one counts. */
    DUPLICATE_FIELD,
    /** A Content-Type that cannot be read; the default type was taken. */
    BAD_CONTENT_TYPE,
    /** A multipart without a boundary parameter. */
    MISSING_BOUNDARY,
    /** A multipart in whose body no boundary line was found. */
    NO_PARTS,
    /** A multipart without its closing boundary line. */
    UNCLOSED_MULTIPART,
    /**
     * A message or multipart in a transfer encoding that RFC 2045 section 6.4 forbids for it; it
     * was left opaque.
     */
    ENCODED_COMPOSITE,
    /** A line that ends with a bare LF. */
    BARE_LF,
    /** A CR that is not followed by LF. */
    BARE_CR,
    /** A NUL octet. */
    NUL,
    /** One of the {@link MimeLimits} was reached. */
    LIMIT_REACHED
  }
}
