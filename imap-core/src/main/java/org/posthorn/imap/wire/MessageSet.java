package org.posthorn.imap.wire;

import org.posthorn.store.UidSet;

/**
 * Messages as a client names them (RFC 9051: sequence-set): ranges of numbers of which one end may
 * be {@code *}. Only a view says which messages are meant.
 */
public final class MessageSet {
  /** Stands for {@code *}. */
  static final long STAR = 0;

  private final long[] bounds;
  private final boolean saved;

  /** No {@link #STAR}, and the lower end of each pair first. */
  private final boolean ascending;

  /**
   * @param bounds pairs of ends as the client wrote them, {@link #STAR} for {@code *}
   * @param saved the set is {@code $} (RFC 5182)
   * @param ascending whether no {@code *} stands in it and the lower end of each pair comes first
   */
  MessageSet(long[] bounds, boolean saved, boolean ascending) {
    this.bounds = bounds;
    this.saved = saved;
    this.ascending = ascending;
  }

  /** Whether this is {@code $}, the result of an earlier search (RFC 5182). */
  public boolean isSavedResult() {
    return saved;
  }

  /**
   * Read as UIDs: those that the view has. {@code *} is its last, and {@code 9:*} names it always.
   */
  public UidSet byUid(UidSet view) {
    return view.isEmpty() ? UidSet.EMPTY : view.within(ascending ? bounds : ranges(view.last()));
  }

  /** Pairs of UIDs, the lower one first. */
  private long[] ranges(long star) {
    long[] ranges = new long[bounds.length];
    for (int i = 0; i < bounds.length; i += 2) {
      long a = bounds[i] == STAR ? star : bounds[i];
      long b = bounds[i + 1] == STAR ? star : bounds[i + 1];
      ranges[i] = Math.min(a, b);
      ranges[i + 1] = Math.max(a, b);
    }
    return ranges;
  }

  /**
   * The numbers themselves, whether or not there are such messages.
   *
   * @param star what {@code *} stands for
   */
  public UidSet numbers(long star) {
    UidSet.Builder numbers = UidSet.builder(bounds.length / 2);
    for (int i = 0; i < bounds.length; i += 2) {
      long a = Math.max(1, bounds[i] == STAR ? star : bounds[i]);
      long b = Math.max(1, bounds[i + 1] == STAR ? star : bounds[i + 1]);
      numbers.addRange(Math.min(a, b), Math.max(a, b));
    }
    return numbers.build();
  }

  /** Whether {@code *} stands in it. */
  boolean hasStar() {
    for (long bound : bounds) {
      if (bound == STAR) {
        return true;
      }
    }
    return false;
  }

  /**
   * Read as sequence numbers: the UIDs of those messages; numbers beyond the view are passed over.
   */
  public UidSet bySequence(UidSet view) {
    long size = view.size();
    UidSet.Builder wanted = UidSet.builder();
    boolean any = false;
    for (int i = 0; i < bounds.length; i += 2) {
      long a = bounds[i] == STAR ? size : bounds[i];
      long b = bounds[i + 1] == STAR ? size : bounds[i + 1];
      long first = Math.max(1, Math.min(a, b));
      long last = Math.min(size, Math.max(a, b));
      if (first <= last) {
        wanted.addRange(first, last);
        any = true;
      }
    }
    return any ? ofRanks(wanted.build(), view) : UidSet.EMPTY;
  }

  /**
   * Whether every part of it, read as sequence numbers, names at least one message that is there. A
   * command that names others deserves BAD (RFC 9051 section 9, seq-number).
   */
  public boolean touches(UidSet view) {
    long size = view.size();
    for (int i = 0; i < bounds.length; i += 2) {
      long a = bounds[i] == STAR ? size : bounds[i];
      long b = bounds[i + 1] == STAR ? size : bounds[i + 1];
      if (Math.min(a, b) > size || size == 0) {
        return false;
      }
    }
    return true;
  }

  /** As sequence numbers cover runs of UIDs, so do slices of the view. */
  private static UidSet ofRanks(UidSet ranks, UidSet view) {
    if (ranks.rangeCount() == 1) {
      return view.slice(ranks.rangeFirst(0) - 1, ranks.rangeLast(0));
    }
    UidSet.Builder uids = UidSet.builder();
    for (int i = 0; i < ranks.rangeCount(); i++) {
      UidSet slice = view.slice(ranks.rangeFirst(i) - 1, ranks.rangeLast(i));
      for (int j = 0; j < slice.rangeCount(); j++) {
        uids.addRange(slice.rangeFirst(j), slice.rangeLast(j));
      }
    }
    return uids.build();
  }

  @Override
  public String toString() {
    if (saved) {
      return "$";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bounds.length; i += 2) {
      text.append(i == 0 ? "" : ",").append(end(bounds[i]));
      if (bounds[i] != bounds[i + 1]) {
        text.append(':').append(end(bounds[i + 1]));
      }
    }
    return text.toString();
  }

  private static String end(long number) {
    return number == STAR ? "*" : Long.toString(number);
  }
}
