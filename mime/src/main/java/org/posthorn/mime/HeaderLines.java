package org.posthorn.mime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one part's header as they arrive, up to a limit, and the fields in them. Of a header
 * beyond the limit only one line at a time is held, so that its end is still seen.
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
  private static final int NUMBERS = 4;

  private final int maxOctets;
  private final int maxFields;
  private byte[] octets = new byte[1024];
  private int length;
  private int lineStart;
  private boolean full;
  private boolean lineOverflows;
  private boolean limited;
  private int junkAt;
  private boolean fieldOpen;
  private int[] fields = new int[NUMBERS * 32];
  private int count;
  private int boundaryLines;

  HeaderLines(MimeLimits limits) {
    maxOctets = limits.headerOctets();
    maxFields = limits.fields();
  }

  void begin() {
    length = 0;
    lineStart = 0;
    full = false;
    lineOverflows = false;
    limited = false;
    junkAt = -1;
    fieldOpen = false;
    count = 0;
    boundaryLines = 0;
  }

  /** Takes more of the current line. */
  void append(byte[] source, int from, int to) {
    int room = Math.max(maxOctets, lineStart) + LINE - length;
    int taken = Math.min(to - from, room);
    if (taken < to - from) {
      lineOverflows = true;
    }
    if (octets.length - length < taken) {
      octets = Arrays.copyOf(octets, Math.max(length + taken, octets.length * 2));
    }
    System.arraycopy(source, from, octets, length, taken);
    length += taken;
  }

  /** Whether the current line is the one that ends a header. */
  boolean lineIsBlank() {
    int held = length - lineStart;
    return (held == 1 && octets[lineStart] == '\n')
        || (held == 2 && octets[lineStart] == '\r' && octets[lineStart + 1] == '\n');
  }

  boolean lineIsEmpty() {
    return length == lineStart;
  }

  /** Whether the current line begins like a boundary line and is held whole. */
  boolean lineMayBeBoundary() {
    return !lineOverflows
        && length - lineStart >= 2
        && octets[lineStart] == '-'
        && octets[lineStart + 1] == '-';
  }

  /**
   * The current line, if it is the first boundary of the multipart whose header this is, so that
   * only the blank line is missing; else null.
   */
  byte @Nullable [] ownBoundaryLine() {
    for (int i = 0; i < count && boundaryLines < MAX_BOUNDARY_LINES; i++) {
      if (KnownField.find(octets, start(i), nameEnd(i)) == KnownField.CONTENT_TYPE) {
        boundaryLines++;
        MediaType type = MediaType.parse(value(i), MAX_BOUNDARY_PARAMETERS);
        int end = BoundaryLine.trimmedEnd(octets, lineStart, length);
        boolean own =
            type.isMultipart()
                && BoundaryLine.exact(type.boundary(), octets, lineStart, end)
                    == BoundaryLine.Match.DELIMITER;
        return own ? Arrays.copyOfRange(octets, lineStart, length) : null;
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

  byte[] octets() {
    return octets;
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
    byte first = octets[lineStart];
    if (first == ' ' || first == '\t') {
      if (fieldOpen) {
        fields[(count - 1) * NUMBERS + 3] = length;
      } else {
        junk();
      }
    } else {
      field();
    }
    lineStart = length;
  }

  private void field() {
    int at = lineStart;
    while (at < length && octets[at] > ' ' && octets[at] != ':' && octets[at] != 127) {
      at++;
    }
    int nameEnd = at;
    while (at < length && (octets[at] == ' ' || octets[at] == '\t')) {
      at++;
    }
    fieldOpen = nameEnd > lineStart && at < length && octets[at] == ':';
    if (!fieldOpen) {
      junk();
      return;
    }
    if (count == maxFields) {
      limited = true;
      fieldOpen = false;
      return;
    }
    int slot = count * NUMBERS;
    if (slot == fields.length) {
      fields = Arrays.copyOf(fields, slot * 2);
    }
    fields[slot] = lineStart;
    fields[slot + 1] = nameEnd;
    fields[slot + 2] = at + 1;
    fields[slot + 3] = length;
    count++;
  }

  private void junk() {
    fieldOpen = false;
    if (junkAt < 0) {
      junkAt = lineStart;
    }
  }

  /** How many fields there are; their places count from the start of the header. */
  int count() {
    return count;
  }

  int start(int field) {
    return fields[field * NUMBERS];
  }

  int nameEnd(int field) {
    return fields[field * NUMBERS + 1];
  }

  int valueStart(int field) {
    return fields[field * NUMBERS + 2];
  }

  int end(int field) {
    return fields[field * NUMBERS + 3];
  }

  /** The value of the field, in an array that is used again for the next header. */
  Octets value(int field) {
    return Octets.of(octets, valueStart(field), end(field));
  }

  /** Where the first line stands that is no field, or -1. */
  int junkAt() {
    return junkAt;
  }

  /** Where the first octet above 127 stands, or -1. */
  int eightBitAt() {
    return OctetScan.indexOfEightBit(octets, 0, length);
  }

  /** Whether something was left out because of a limit. */
  boolean limited() {
    return limited;
  }
}
