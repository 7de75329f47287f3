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
    MISSING_BLANK_LINE(0),
    /** A line within a header that is neither a field nor a continuation; it is passed over. */
    NOT_A_FIELD(1),
    /** An octet above 127 in a header. */
    EIGHT_BIT_HEADER(2),
    /**
     * A second field of a kind that may occur only once. Address lists are joined, of others the
     * first counts.
     */
    DUPLICATE_FIELD(3),
    /** A Content-Type that cannot be read; the default type was taken. */
    BAD_CONTENT_TYPE(4),
    /** A multipart without a usable boundary parameter. */
    MISSING_BOUNDARY(5),
    /** A multipart without any part; an empty text/plain part stands in. */
    NO_PARTS(6),
    /** A multipart without its closing boundary line. */
    UNCLOSED_MULTIPART(7),
    /**
     * A message in a transfer encoding that RFC 2045 section 6.4 forbids for it, left opaque; or a
     * multipart whose encoding was ignored.
     */
    ENCODED_COMPOSITE(8),
    /** A line that ends with a bare LF, the first one of the message. */
    BARE_LF(9),
    /** One of the {@link MimeLimits} was reached. */
    LIMIT_REACHED(10),
    /** The last line has no CRLF; protocols that count lines complete it. */
    UNFINISHED_LINE(11),
    /** A CR without LF behind it, the first one of the message; it ends no line. */
    BARE_CR(12),
    /** A boundary line with text behind it, taken for a boundary all the same. */
    BOUNDARY_WITH_TEXT(13),
    /**
     * An encoded-word where RFC 2047 section 5 forbids it: in a parameter, or in a quoted name of
     * an address. It is decoded when it is shown.
     */
    MISPLACED_ENCODED_WORD(14),
    /** Pieces of a parameter (RFC 2231 section 3) out of their order, or with one missing. */
    DISORDERED_PARAMETER(15);

    private static final Kind[] ALL = values();

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The number that the stored form has for it, which is its place here. */
    int code() {
      return code;
    }

    static Kind of(int code) {
      return ALL[code];
    }
  }
}
