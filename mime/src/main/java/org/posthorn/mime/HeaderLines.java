package org.posthorn.mime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one part's header as they arrive, up to a limit, and the fields in them. Of a header
 * beyond the limit only one line at a time is held, so that its end is still seen. As long as the
 * header lies in one chunk it is read where it is; {@link #keep} copies it before the chunk goes.
 */
final class HeaderLines {

  /** How much of a line is always held: enough to recognise a boundary. */
  private static final int LINE = BoundaryLine.MAX_LENGTH + 2;

  /**
   * How many lines of a header are compared with its own boundary, and how many parameters are
   * searched for it.
   */
  private static final int MAX_BOUNDARY_LINES = 4;

  private static final int MAX_BOUNDARY_PARAMETERS = 32;

  private final int maxOctets;
  private final int maxFields;

  /** What is held, from {@link #base} on: our own array, or the chunk. */
  private byte[] octets = {};

  private int base;
  private boolean borrowed;
  private byte[] own = {};
  private int length;
  private int lineStart;
  private boolean full;
  private boolean lineOverflows;
  private boolean limited;
  private int junkAt;
  private boolean fieldOpen;
  private final FieldTable fields = new FieldTable();
  private int boundaryLines;
  private int takenLines;
  private int bareLfAt;
  private boolean mayHaveBareCr;

  HeaderLines(MimeLimits limits) {
    maxOctets = limits.headerOctets();
    maxFields = limits.fields();
  }

  /** How much memory is held, about. */
  int held() {
    return own.length + fields.held();
  }

  void begin() {
    borrowed = false;
    octets = own;
    base = 0;
    length = 0;
    lineStart = 0;
    full = false;
    lineOverflows = false;
    limited = false;
    junkAt = -1;
    fieldOpen = false;
    fields.clear();
    boundaryLines = 0;
    mayHaveBareCr = false;
  }

  /**
   * Takes whole lines that are fields or continuations of the usual form, as long as nothing about
   * them needs care.
   *
   * @return where the first line begins that was not taken
   */
  int takeLines(byte[] source, int from, int to) {
    if (length == 0) {
      borrowed = true;
      octets = source;
      base = from;
    } else if (!borrowed || full || lineStart < length || from != base + length) {
      return from;
    }
    int end = maxOctets < to - base ? base + maxOctets : to;
    int at = from;
    takenLines = 0;
    bareLfAt = -1;
    while (at < end) {
      byte first = source[at];
      boolean continues = first == ' ' || first == '\t';
      int colon = continues ? at : FieldName.end(source, at, end);
      if (continues ? !fieldOpen : !isUsual(source, at, colon, end)) {
        break;
      }
      int lf = lf(source, colon + 1, end);
      if (lf < 0) {
        break;
      }
      if (bareLfAt < 0 && source[lf - 1] != '\r') {
        bareLfAt = lf;
      }
      int next = lf + 1;
      if (continues) {
        fields.extendLast(next - base);
      } else {
        fields.add(at - base, colon - base, colon + 1 - base, next - base);
        fieldOpen = true;
      }
      at = next;
      takenLines++;
    }
    length = at - base;
    lineStart = length;
    return at;
  }

  /** Where the line ends, or -1; on the way a CR that stands alone is noticed. */
  private int lf(byte[] source, int from, int end) {
    int at = OctetScan.indexOfLineEnd(source, from, end);
    while (at >= 0 && source[at] != '\n') {
      if (source[at] == '\r' && at + 1 < end && source[at + 1] == '\n') {
        return at + 1;
      }
      mayHaveBareCr |= source[at] == '\r';
      at = OctetScan.indexOfLineEnd(source, at + 1, end);
    }
    return at;
  }

  /** Whether a field begins that cannot be a boundary and has nothing between name and colon. */
  private boolean isUsual(byte[] source, int at, int colon, int end) {
    return colon > at
        && colon < end
        && source[colon] == ':'
        && source[at] != '-'
        && fields.count() < maxFields;
  }

  /** How many lines {@link #takeLines} took when it was called last. */
  int takenLines() {
    return takenLines;
  }

  /** Where in the array stands the first bare LF that {@link #takeLines} met, or -1. */
  int bareLfAt() {
    return bareLfAt;
  }

  /** Takes more of the current line. */
  void append(byte[] source, int from, int to) {
    int added = to - from;
    if (length == 0 && added <= maxOctets) {
      borrowed = true;
      octets = source;
      base = from;
      length = added;
      return;
    }
    if (borrowed) {
      if (from == base + length && length + added <= maxOctets) {
        length += added;
        return;
      }
      keep();
    }
    int room = Math.max(maxOctets, lineStart) + LINE - length;
    int taken = Math.min(added, room);
    if (taken < added) {
      lineOverflows = true;
    }
    reserve(length + taken);
    System.arraycopy(source, from, octets, length, taken);
    length += taken;
  }

  /** Copies what is held of a chunk. */
  void keep() {
    if (borrowed) {
      byte[] chunk = octets;
      octets = own;
      reserve(length);
      System.arraycopy(chunk, base, octets, 0, length);
      borrowed = false;
      base = 0;
    }
  }

  private void reserve(int needed) {
    if (octets.length < needed) {
      own = Arrays.copyOf(octets, Math.max(Math.max(needed, 1024), octets.length * 2));
      octets = own;
    }
  }

  /** Whether the current line is the one that ends a header. */
  boolean lineIsBlank() {
    int held = length - lineStart;
    int at = base + lineStart;
    return (held == 1 && octets[at] == '\n')
        || (held == 2 && octets[at] == '\r' && octets[at + 1] == '\n');
  }

  boolean lineIsEmpty() {
    return length == lineStart;
  }

  /** Whether the current line begins like a boundary line and is held whole. */
  boolean lineMayBeBoundary() {
    return !lineOverflows
        && length - lineStart >= 2
        && octets[base + lineStart] == '-'
        && octets[base + lineStart + 1] == '-';
  }

  /**
   * The current line, if it is the first boundary of the multipart whose header this is, so that
   * only the blank line is missing; else null.
   */
  byte @Nullable [] ownBoundaryLine() {
    for (int i = 0; i < fields.count() && boundaryLines < MAX_BOUNDARY_LINES; i++) {
      int name = base + fields.start(i);
      if (KnownField.find(octets, name, base + fields.nameEnd(i)) == KnownField.CONTENT_TYPE) {
        boundaryLines++;
        MediaType type = MediaType.parse(value(i), MAX_BOUNDARY_PARAMETERS);
        int line = base + lineStart;
        int end = BoundaryLine.trimmedEnd(octets, line, base + length);
        boolean own =
            type.isMultipart()
                && BoundaryLine.exact(type.boundary(), octets, line, end)
                    == BoundaryLine.Match.DELIMITER;
        return own ? Arrays.copyOfRange(octets, line, base + length) : null;
      }
    }
    return null;
  }

  int lineStart() {
    return lineStart;
  }

  int length() {
    return length;
  }

  /** What is held, from {@link #base} on. */
  byte[] octets() {
    return octets;
  }

  /** Where in {@link #octets} the header begins. */
  int base() {
    return base;
  }

  /** Forgets the current line, which does not belong to the header. */
  void dropLine() {
    length = lineStart;
    lineOverflows = false;
  }

  /** Ends the current line, which is a field, the continuation of one, or neither. */
  void endLine() {
    if (full || lineOverflows || length > maxOctets) {
      full = true;
      limited = true;
      dropLine();
      return;
    }
    mayHaveBareCr = true;
    byte first = octets[base + lineStart];
    if (first == ' ' || first == '\t') {
      if (fieldOpen) {
        fields.extendLast(length);
      } else {
        junk();
      }
    } else {
      field();
    }
    lineStart = length;
  }

  private void field() {
    byte[] array = octets;
    int at = base + lineStart;
    int end = base + length;
    at = FieldName.end(array, at, end);
    int nameEnd = at - base;
    while (at < end && (array[at] == ' ' || array[at] == '\t')) {
      at++;
    }
    fieldOpen = nameEnd > lineStart && at < end && array[at] == ':';
    if (!fieldOpen) {
      junk();
      return;
    }
    if (fields.count() == maxFields) {
      limited = true;
      fieldOpen = false;
      return;
    }
    fields.add(lineStart, nameEnd, at - base + 1, length);
  }

  private void junk() {
    fieldOpen = false;
    if (junkAt < 0) {
      junkAt = lineStart;
    }
  }

  /** The fields; their places count from the start of the header. */
  FieldTable fields() {
    return fields;
  }

  /** The value of the field, in an array that is used again for the next header. */
  Octets value(int field) {
    return Octets.of(octets, base + fields.valueStart(field), base + fields.end(field));
  }

  /** Where the first line stands that is no field, or -1. */
  int junkAt() {
    return junkAt;
  }

  /** Where the first CR stands that has no LF behind it, or -1. */
  int bareCrAt() {
    int end = base + length;
    int at = mayHaveBareCr ? OctetScan.indexOfBareCr(octets, base, end) : -1;
    if (at < 0 && length > 0 && octets[end - 1] == '\r') {
      at = end - 1;
    }
    return at < 0 ? -1 : at - base;
  }

  /** Where the first octet above 127 stands, or -1. */
  int eightBitAt() {
    int at = OctetScan.indexOfEightBit(octets, base, base + length);
    return at < 0 ? -1 : at - base;
  }

  /** Whether something was left out because of a limit. */
  boolean limited() {
    return limited;
  }
}
