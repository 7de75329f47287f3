package org.posthorn.mime;

import java.nio.ByteBuffer;

/**
 * Makes the {@link MessageIndex} of a message from its octets, which come in chunks of any size:
 * {@link #write} them all, then {@link #finish}. It passes over the octets once and keeps nothing
 * of the body. Content of whatever kind never makes it throw; the same octets give the same index
 * however they are cut. For one message and one thread at a time.
 */
public final class MessageIndexer {

  // A message is read line by line, a line ending with LF. In a header every line is kept; in a
  // body only a line that may be a
  // boundary is looked at, and held if a chunk ends within it.

  private static final int COPY = 8192;
  private static final int MAX_LINE = BoundaryLine.MAX_LENGTH + 2;
  private static final byte HYPHEN = '-';
  private static final byte[] NOTHING = {};

  private final Workspace workspace;
  private final PartTree tree;
  private final HeaderLines header;
  private boolean inHeader = true;
  private boolean finished;

  /** How many octets were taken; within {@link #scan}, up to the end of what was looked at. */
  private long octets;

  /** Where the current line starts, and how many octets ended the one before it: 0, 1 or 2. */
  private long lineStart;

  private int lineEnd;

  /** How many LF were met. */
  private long lines;

  private byte lastOctet;
  private final BareEnds bare;

  /** Whether the rest of the body line cannot make it a boundary. */
  private boolean skipping;

  private byte[] held = NOTHING;
  private int heldLength;
  private byte[] copy = NOTHING;

  /** With the {@linkplain MimeLimits#DEFAULTS default limits}. */
  public MessageIndexer() {
    this(MimeLimits.DEFAULTS);
  }

  /** With limits of one's own. */
  public MessageIndexer(MimeLimits limits) {
    workspace = Workspace.take(limits);
    tree = workspace.tree;
    header = workspace.header;
    bare = tree.bareEnds();
    header.begin();
  }

  /**
   * Takes the next octets of the message; the buffer's position is moved to its limit.
   *
   * @throws IllegalStateException after {@link #finish}
   */
  public void write(ByteBuffer chunk) {
    if (finished) {
      throw new IllegalStateException("the message has ended");
    }
    if (chunk.hasArray()) {
      int from = chunk.arrayOffset() + chunk.position();
      chunk.position(chunk.limit());
      scan(chunk.array(), from, chunk.arrayOffset() + chunk.limit());
      return;
    }
    if (copy.length == 0) {
      copy = new byte[COPY];
    }
    while (chunk.hasRemaining()) {
      int length = Math.min(copy.length, chunk.remaining());
      chunk.get(copy, 0, length);
      scan(copy, 0, length);
    }
  }

  /** How many octets were taken so far. */
  public long octets() {
    return octets;
  }

  /**
   * Ends the message.
   *
   * @throws IllegalStateException if it was called before
   */
  public MessageIndex finish() {
    if (finished) {
      throw new IllegalStateException("the message has ended already");
    }
    finished = true;
    if (lastOctet == '\r' && !inHeader) {
      bare.cr(octets - 1);
    }
    if (inHeader && !header.lineIsEmpty()) {
      headerLine(octets);
    } else if (heldLength > 0) {
      boundary(held, 0, heldLength, octets);
    }
    if (inHeader) {
      cutHeader(octets);
    }
    if (octets > 0 && (lineStart < octets || lineEnd < 2)) {
      tree.defects().add(Defect.Kind.UNFINISHED_LINE, octets);
    }
    MessageIndex index = tree.finish(octets, lines);
    workspace.release();
    return index;
  }

  private void scan(byte[] array, int from, int to) {
    long base = octets - from;
    int at = from;
    if (lastOctet == '\r' && !inHeader && at < to && array[at] != '\n') {
      bare.cr(octets - 1);
    }
    while (at < to) {
      if (inHeader) {
        at = headerLines(array, at, to, base);
        if (at < to) {
          at = headerLine(array, from, at, to, base);
        }
      } else if (!skipping && tree.awaitsBoundary() && (heldLength > 0 || array[at] == HYPHEN)) {
        at = boundaryLine(array, from, at, to, base);
      } else {
        at = bodyLines(array, from, at, to, base);
      }
    }
    if (to > from) {
      lastOctet = array[to - 1];
    }
    if (inHeader) {
      header.keep();
    }
  }

  /** Whole lines of a header that need no care, up to one that does. */
  private int headerLines(byte[] array, int start, int to, long base) {
    int at = header.takeLines(array, start, to);
    if (at > start) {
      lines += header.takenLines();
      octets = base + at;
      lineStart = octets;
      lineEnd = array[at - 2] == '\r' ? 2 : 1;
      if (header.bareLfAt() >= 0) {
        bare.lf(base + header.bareLfAt());
      }
    }
    return at;
  }

  private int headerLine(byte[] array, int from, int at, int to, long base) {
    int lf = OctetScan.indexOfLf(array, at, to);
    int next = lf < 0 ? to : lf + 1;
    octets = base + next;
    header.append(array, at, next);
    if (lf >= 0) {
      headerLine(octets);
      endLine((lf > from ? array[lf - 1] : lastOctet) == '\r');
    }
    return next;
  }

  /** A line, or a piece of one, that begins like a boundary. */
  private int boundaryLine(byte[] array, int from, int at, int to, long base) {
    int lf = OctetScan.indexOfLf(array, at, to);
    int next = lf < 0 ? to : lf + 1;
    octets = base + next;
    int cr = OctetScan.indexOfBareCr(array, at, next);
    if (cr >= 0) {
      bare.cr(base + cr);
    }
    bodyLine(array, at, next, lf >= 0);
    if (lf >= 0) {
      endLine((lf > from ? array[lf - 1] : lastOctet) == '\r');
    }
    return next;
  }

  /** Lines that cannot be boundaries, up to one that may be. */
  private int bodyLines(byte[] array, int from, int start, int to, long base) {
    BodyScan body = workspace.body;
    boolean awaits = tree.awaitsBoundary();
    int at = body.lines(array, from, start, to, base, lastOctet, awaits, bare);
    int line = body.lineStart();
    if (body.count() > 0) {
      lines += body.count();
      lineStart = base + line;
      lineEnd = (line - 1 > from ? array[line - 2] : lastOctet) == '\r' ? 2 : 1;
      skipping = false;
    }
    skipping |= line < at;
    octets = base + at;
    return at;
  }

  private void endLine(boolean afterCr) {
    if (!afterCr) {
      bare.lf(octets - 1);
    }
    lines++;
    lineStart = octets;
    lineEnd = afterCr ? 2 : 1;
    skipping = false;
  }

  private void headerLine(long next) {
    if (header.lineMayBeBoundary()) {
      int base = header.base();
      int from = base + header.lineStart();
      if (boundary(header.octets(), from, base + header.length(), next)) {
        return;
      }
      byte[] line = header.ownBoundaryLine();
      if (line != null) {
        header.dropLine();
        cutHeader(lineStart);
        boundary(line, 0, line.length, next);
        return;
      }
    }
    if (header.lineIsBlank()) {
      header.dropLine();
      endHeader(next, lines + 1);
    } else {
      header.endLine();
    }
  }

  private void endHeader(long bodyStart, long linesBefore) {
    inHeader = tree.endHeader(header, bodyStart, linesBefore);
    if (inHeader) {
      header.begin();
    }
  }

  /** Ends a header that has no blank line; an embedded message that would begin now is empty. */
  private void cutHeader(long bodyStart) {
    if (bodyStart > 0) {
      tree.defects().add(Defect.Kind.MISSING_BLANK_LINE, bodyStart);
    }
    while (inHeader) {
      endHeader(bodyStart, lines);
    }
  }

  /** Looks at a line of a body, or a piece of one, whether it is a boundary. */
  private void bodyLine(byte[] array, int from, int to, boolean ends) {
    if (heldLength == 0 && ends) {
      boundary(array, from, to, octets);
      return;
    }
    if (held.length == 0) {
      held = new byte[MAX_LINE];
    }
    if (to - from > held.length - heldLength) {
      heldLength = 0;
      skipping = true;
      return;
    }
    System.arraycopy(array, from, held, heldLength, to - from);
    heldLength += to - from;
    if (ends) {
      int length = heldLength;
      heldLength = 0;
      boundary(held, 0, length, octets);
    }
  }

  /**
   * If the current line is a boundary of an open multipart, ends what it ends and begins what it
   * begins.
   *
   * @param next offset after the line
   */
  private boolean boundary(byte[] array, int from, int to, long next) {
    boolean candidate =
        to - from > 2
            && to - from <= MAX_LINE
            && array[from] == HYPHEN
            && array[from + 1] == HYPHEN;
    if (!candidate || !tree.awaitsBoundary()) {
      return false;
    }
    int end = BoundaryLine.trimmedEnd(array, from, to);
    int level = tree.find(array, from, end);
    if (level < 0) {
      return false;
    }
    boolean closes = tree.foundClose();
    if (!closes && !tree.mayBegin(lineStart)) {
      return false;
    }
    if (tree.foundText()) {
      tree.defects().add(Defect.Kind.BOUNDARY_WITH_TEXT, lineStart);
    }
    if (inHeader) {
      header.dropLine();
      cutHeader(lineStart);
    }
    // The line end before the boundary belongs to it (RFC 2046 section 5.1.1).
    long contentEnd = lineStart - lineEnd;
    long linesBefore = lineEnd == 0 ? lines : lines - 1;
    if (closes) {
      tree.close(level, contentEnd, linesBefore);
    } else {
      tree.nextPart(level, contentEnd, linesBefore, next);
      header.begin();
      inHeader = true;
    }
    return true;
  }
}
