package org.posthorn.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part while its message is being indexed, and the writer of its stored record. */
final class PartDraft {

  final @Nullable PartDraft parent;
  final long headerStart;
  long bodyStart;
  long end;
  long lines;

  Part.Kind kind = Part.Kind.SINGLE;

  /** Which optional entries the description has. */
  int bits;

  /** Where in the descriptions of all parts is the record from type to fields, as it is stored. */
  int descriptionFrom;

  int descriptionTo;

  /**
   * What a boundary line of this multipart has after its hyphens, as long as one may still come.
   */
  byte @Nullable [] boundary;

  /** Whether parts without a Content-Type are messages (RFC 2046 section 5.1.5). */
  boolean digest;

  private final long distance;
  private @Nullable PartDraft firstChild;
  private @Nullable PartDraft lastChild;
  private @Nullable PartDraft next;
  private int children;
  private int size;

  private PartDraft(@Nullable PartDraft parent, long headerStart, long distance) {
    this.parent = parent;
    this.headerStart = headerStart;
    this.distance = distance;
  }

  static PartDraft root() {
    return new PartDraft(null, 0, 0);
  }

  /** A new last child whose header starts there. */
  PartDraft child(long start) {
    PartDraft previous = lastChild;
    long before = previous == null ? bodyStart : previous.end;
    PartDraft child = new PartDraft(this, start, start - before);
    if (previous == null) {
      firstChild = child;
    } else {
      previous.next = child;
    }
    lastChild = child;
    children++;
    return child;
  }

  /**
   * Gives a multipart without parts an empty text/plain part to stand in, because IMAP has no way
   * to write a multipart without parts. Dovecot shows the same.
   */
  void addEmptyText(IndexWriter descriptions) {
    PartDraft empty = child(bodyStart);
    empty.bodyStart = bodyStart;
    empty.end = bodyStart;
    empty.bits = PartLayout.PARAMETERS;
    empty.descriptionFrom = descriptions.length();
    descriptions.string(MediaType.TEXT);
    descriptions.string(MediaType.PLAIN);
    descriptions.string(MediaType.SEVEN_BIT);
    IndexWriter block = new IndexWriter(16);
    block.parameters(List.of(MediaType.US_ASCII));
    descriptions.block(block);
    block.clear();
    block.number(0);
    descriptions.block(block);
    empty.descriptionTo = descriptions.length();
  }

  /** The least place where this part may end: after its header and all its children. */
  long contentStart() {
    return lastChild == null ? bodyStart : lastChild.end;
  }

  boolean hasChildren() {
    return firstChild != null;
  }

  /** Learns the length of the record and those within it; the draft must be complete. */
  void measure() {
    size = measured();
  }

  private int measured() {
    int total =
        IndexWriter.size(allBits())
            + IndexWriter.size(distance)
            + IndexWriter.size(bodyStart - headerStart)
            + IndexWriter.size(end - bodyStart)
            + IndexWriter.size(lines)
            + (descriptionTo - descriptionFrom);
    if (kind != Part.Kind.SINGLE) {
      total += IndexWriter.size(children);
      for (PartDraft child = firstChild; child != null; child = child.next) {
        child.measure();
        int length = child.size;
        total += IndexWriter.size(length) + length;
      }
    }
    return total;
  }

  /** Writes the record, which must have been {@linkplain #measure measured}. */
  void write(IndexWriter writer, IndexWriter descriptions) {
    writer.number(allBits());
    writer.number(distance);
    writer.number(bodyStart - headerStart);
    writer.number(end - bodyStart);
    writer.number(lines);
    writer.slice(descriptions, descriptionFrom, descriptionTo);
    if (kind != Part.Kind.SINGLE) {
      writer.number(children);
      for (PartDraft child = firstChild; child != null; child = child.next) {
        writer.number(child.size);
        child.write(writer, descriptions);
      }
    }
  }

  private int allBits() {
    return bits | PartLayout.code(kind);
  }
}
