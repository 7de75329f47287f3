package org.posthorn.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * The open parts of a message that is being indexed, from the message itself down to the part that
 * octets go to now.
 */
final class PartTree {

  private final MimeLimits limits;
  private final Defects defects;
  private final BareEnds bareEnds;
  private final HeaderAnalyzer analyzer;
  private final IndexWriter descriptions = new IndexWriter(768);
  private final List<PartDraft> open = new ArrayList<>();
  private final IndexWriter sealed = new IndexWriter(768);
  private PartDraft root = PartDraft.root();
  private PartDraft current = root;
  private int parts;
  private final OpenBoundaries boundaries = new OpenBoundaries();
  private boolean limitTold;

  PartTree(MimeLimits limits) {
    this.limits = limits;
    this.defects = new Defects(limits.defects());
    this.bareEnds = new BareEnds(defects);
    this.analyzer = new HeaderAnalyzer(limits, defects, bareEnds, descriptions);
    begin();
  }

  /** Begins a message. */
  void begin() {
    root = PartDraft.root();
    current = root;
    parts = 1;
    boundaries.clear();
    limitTold = false;
    open.clear();
    open.add(root);
    defects.clear();
    bareEnds.clear();
    descriptions.clear();
  }

  /** Lets go of the octets that were read last. */
  void forget() {
    analyzer.forget();
  }

  /** How much memory is held, about. */
  int held() {
    return descriptions.capacity() + sealed.capacity() + analyzer.held();
  }

  Defects defects() {
    return defects;
  }

  BareEnds bareEnds() {
    return bareEnds;
  }

  /** Whether a boundary line may come. */
  boolean awaitsBoundary() {
    return !boundaries.isEmpty();
  }

  /**
   * Ends the header of the current part.
   *
   * @param bodyStart where the body begins
   * @param linesBefore how many LF the message has before that
   * @return whether the body is a message, so that another header follows
   */
  boolean endHeader(HeaderLines header, long bodyStart, long linesBefore) {
    current.bodyStart = bodyStart;
    current.lines = linesBefore;
    boolean wholeMessage = current.parent == null || current.parent.kind == Part.Kind.MESSAGE;
    boolean mayNest = open.size() < limits.depth();
    analyzer.analyze(header, current, wholeMessage, mayNest && parts < limits.parts());
    if (current.boundary != null) {
      boundaries.add(current.boundary, open.size() - 1);
    }
    if (current.kind == Part.Kind.MESSAGE) {
      begin(current, bodyStart);
      return true;
    }
    return false;
  }

  private void begin(PartDraft parent, long headerStart) {
    current = parent.child(headerStart);
    open.add(current);
    parts++;
  }

  /**
   * The innermost open multipart that this trimmed line is a boundary of, as its place from the
   * outside, or -1.
   */
  int find(byte[] array, int from, int trimmedEnd) {
    return boundaries.find(array, from, trimmedEnd);
  }

  /** Whether the boundary found last closes its multipart. */
  boolean foundClose() {
    return boundaries.foundClose();
  }

  /** Whether the boundary found last has text behind it. */
  boolean foundText() {
    return boundaries.foundText();
  }

  /** Whether another part may begin; if not, it is told once. */
  boolean mayBegin(long position) {
    if (parts >= limits.parts() && !limitTold) {
      limitTold = true;
      defects.add(Defect.Kind.LIMIT_REACHED, position);
    }
    return parts < limits.parts();
  }

  /** Ends all parts within the multipart at that level and begins its next part. */
  void nextPart(int level, long contentEnd, long linesBefore, long headerStart) {
    endInside(level, contentEnd, linesBefore);
    begin(open.get(level), headerStart);
  }

  /** Ends all parts within the multipart at that level; what follows is its epilogue. */
  void close(int level, long contentEnd, long linesBefore) {
    endInside(level, contentEnd, linesBefore);
    current = open.get(level);
    current.boundary = null;
    boundaries.removeLast();
  }

  private void endInside(int level, long contentEnd, long linesBefore) {
    for (int i = open.size() - 1; i > level; i--) {
      end(open.remove(i), contentEnd, linesBefore);
    }
  }

  private void end(PartDraft part, long contentEnd, long linesBefore) {
    // Where the blank line of a header, its own or that of its last child, is also the line end of
    // the boundary, it stays with
    // the header, as Dovecot has it.
    part.end = Math.max(contentEnd, part.contentStart());
    long counted = part.end > contentEnd ? linesBefore + 1 : linesBefore;
    part.lines = Math.max(0, counted - part.lines);
    if (part.boundary != null) {
      boundaries.removeLast();
      defects.add(Defect.Kind.UNCLOSED_MULTIPART, part.headerStart);
    }
    if (part.kind == Part.Kind.MULTIPART && !part.hasChildren()) {
      defects.add(Defect.Kind.NO_PARTS, part.headerStart);
      part.addEmptyText(descriptions);
    }
  }

  /** Ends the message. */
  MessageIndex finish(long octets, long linesBefore) {
    endInside(-1, octets, linesBefore);
    root.measure();
    IndexWriter writer = sealed;
    writer.clear();
    writer.octet(MessageIndex.VERSION);
    writer.number(octets);
    defects.write(writer);
    root.write(writer, descriptions);
    root = PartDraft.root();
    current = root;
    open.clear();
    return MessageIndex.of(writer);
  }
}
