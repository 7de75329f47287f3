package org.posthorn.mime;

import org.jspecify.annotations.Nullable;

/**
 * The words of one address while it is read, unquoted, with one space for every run of white space.
 * What it hands out are slices of one array that is only ever appended to, so an address list costs
 * one array in all.
 */
final class AddressText {

  private final byte[] words;
  private byte[] comments = {};
  private int start;
  private int length;
  private int lastAt;
  private boolean spacePending;
  private int commentStart;
  private int commentLength;

  AddressText(int capacity) {
    words = new byte[capacity];
  }

  /** Begins the next address of the list. */
  void begin() {
    beginWords();
    commentStart = commentLength;
  }

  /** Begins what stands between the angle brackets, or after them. */
  void beginWords() {
    start = length;
    lastAt = -1;
    spacePending = false;
  }

  boolean isEmpty() {
    return length == start;
  }

  boolean hasAt() {
    return lastAt >= 0;
  }

  boolean startsWithAt() {
    return length > start && words[start] == '@';
  }

  void space() {
    spacePending = length > start;
  }

  void add(byte octet) {
    if (octet == '\r' || octet == '\n' || octet == 0) {
      return;
    }
    flushSpace();
    words[length++] = octet;
  }

  void addAt() {
    flushSpace();
    lastAt = length;
    words[length++] = '@';
  }

  void startQuoted() {
    flushSpace();
  }

  void addQuoted(byte octet) {
    if (octet != '\r' && octet != '\n' && octet != 0) {
      words[length++] = octet;
    }
  }

  private void flushSpace() {
    if (spacePending) {
      words[length++] = ' ';
      spacePending = false;
    }
  }

  void startComment() {
    space();
    if (comments.length == 0) {
      comments = new byte[words.length];
    }
    if (commentLength > commentStart) {
      comments[commentLength++] = ' ';
    }
  }

  void addComment(byte octet) {
    if (octet != '\r' && octet != '\n' && octet != 0) {
      comments[commentLength++] = octet;
    }
  }

  /** The words as a display name, else the comments, else null. */
  @Nullable Octets phrase() {
    return length == start ? comment() : Octets.of(words, start, length);
  }

  /** The comments, or null if there are none. */
  @Nullable Octets comment() {
    if (commentLength == commentStart) {
      return null;
    }
    Octets comment = HeaderText.unfold(Octets.of(comments, commentStart, commentLength));
    return comment.isEmpty() ? null : comment;
  }

  /** The words without white space. */
  Octets all() {
    return withoutSpace(start, length);
  }

  /** What stands before the last {@code @} that was not quoted, or everything. */
  Octets localPart() {
    int end = lastAt < 0 ? length : lastAt;
    while (end > start && lastAt >= 0 && words[end - 1] == ' ') {
      end--;
    }
    return Octets.of(words, start, end);
  }

  /**
   * What stands after the last {@code @} that was not quoted, without white space; empty if there
   * is none.
   */
  Octets domain() {
    return lastAt < 0 ? Octets.EMPTY : withoutSpace(lastAt + 1, length);
  }

  private Octets withoutSpace(int from, int to) {
    Octets slice = Octets.of(words, from, to);
    if (slice.indexOf((byte) ' ') < 0) {
      return slice;
    }
    byte[] kept = new byte[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (words[i] != ' ') {
        kept[count++] = words[i];
      }
    }
    return Octets.of(kept, 0, count);
  }
}
