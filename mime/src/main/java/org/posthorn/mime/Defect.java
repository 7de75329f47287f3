package org.posthorn.mime;

/**
 * Something in a message that does not follow the standards and was mended or passed over while
 * indexing. Each kind is told once for a part.
 *
 * @param kind what it is
 * @param position where in the message, in octets from its start
 */
public record Defect(Kind kind, long position) {

  /** The kinds of defect. The order is part of the stored form: new ones go to the end. */
  public enum Kind {
    /** A header that ends without its blank line. */
    MISSING_BLANK_LINE,
    /** A line within a header that is neither a field nor a continuation; it is passed over. */
    NOT_A_FIELD,
    /** An octet above 127 in a header. */
    EIGHT_BIT_HEADER,
    /**
     * A second field of a kind that may occur only once. Address lists are joined, of others the
     * first counts.
     */
    DUPLICATE_FIELD,
    /** A Content-Type that cannot be read; the default type was taken. */
    BAD_CONTENT_TYPE,
    /** A multipart without a usable boundary parameter. */
    MISSING_BOUNDARY,
    /** A multipart without any part; an empty text/plain part stands in. */
    NO_PARTS,
    /** A multipart without its closing boundary line. */
    UNCLOSED_MULTIPART,
    /**
     * A message in a transfer encoding that RFC 2045 section 6.4 forbids for it, left opaque; or a
     * multipart whose encoding was ignored.
     */
    ENCODED_COMPOSITE,
    /** A line that ends with a bare LF, the first one of the message. */
    BARE_LF,
    /** One of the {@link MimeLimits} was reached. */
    LIMIT_REACHED;

    private static final Kind[] ALL = values();

    static Kind of(int ordinal) {
      return ALL[ordinal];
    }
  }
}
