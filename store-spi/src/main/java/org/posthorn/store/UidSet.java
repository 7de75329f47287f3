package org.posthorn.store;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An immutable sorted set of UIDs, 1 to 2^32-1, kept as disjoint maximal ranges with rank sums.
 * UIDs come in long runs, so that a set of a million takes kilobytes; look-ups in both directions
 * cost O(log ranges). What a set says of ranks is what a session calls sequence numbers, less one.
 */
public final class UidSet implements Iterable<UidSet.Range> {
  public static final long MAX_UID = 0xffff_ffffL;

  public static final UidSet EMPTY = new UidSet(new long[0], new long[1], 0);

  /** A run of UIDs, both ends included. */
  public record Range(long first, long last) {
    public Range {
      if (first < 1 || last < first || last > MAX_UID) {
        throw new IllegalArgumentException("not a range of UIDs: " + first + ":" + last);
      }
    }

    public long size() {
      return last - first + 1;
    }
  }

  /** Where the ranges begin; sets that grow at the end share it. */
  private final long[] starts;

  /** How many UIDs lie before each range, and all of them after the last. */
  private final long[] ranks;

  private final int ranges;

  /**
   * Takes the arrays over; {@code starts} may be longer than {@code ranges}, {@code ranks} is
   * longer by one at least.
   */
  UidSet(long[] starts, long[] ranks, int ranges) {
    this.starts = starts;
    this.ranks = ranks;
    this.ranges = ranges;
  }

  /** The UIDs given, in any order. */
  public static UidSet of(long... uids) {
    return ofEach(uids, 0, uids.length);
  }

  /** All UIDs from first to last, both included. */
  public static UidSet range(long first, long last) {
    Range range = new Range(first, last);
    return new UidSet(new long[] {first}, new long[] {0, range.size()}, 1);
  }

  /** The UIDs in a part of an array, which is ascending. */
  public static UidSet ofSorted(long[] uids, int from, int to) {
    return ofEach(uids, from, to);
  }

  private static UidSet ofEach(long[] uids, int from, int to) {
    Builder builder = new Builder(8);
    for (int i = from; i < to; i++) {
      builder.add(uids[i]);
    }
    return builder.build();
  }

  /**
   * Reads what {@link #toString()} wrote, and any other list of numbers and ranges; empty text is
   * the empty set.
   *
   * @throws IllegalArgumentException for everything else, {@code *} included
   */
  public static UidSet parse(String text) {
    return UidSetText.parse(text);
  }

  public static Builder builder() {
    return new Builder(8);
  }

  /** A builder with room for so many ranges; it takes more as well. */
  public static Builder builder(int ranges) {
    return new Builder(ranges);
  }

  /** How many UIDs. */
  public long size() {
    return ranks[ranges];
  }

  public boolean isEmpty() {
    return ranges == 0;
  }

  /** The lowest UID, 0 when empty. */
  public long first() {
    return ranges == 0 ? 0 : starts[0];
  }

  /** The highest UID, 0 when empty. */
  public long last() {
    return ranges == 0 ? 0 : rangeLast(ranges - 1);
  }

  public boolean contains(long uid) {
    int i = rangeUpTo(uid);
    return i >= 0 && uid <= rangeLast(i);
  }

  /**
   * The UID at an index, counted from 0.
   *
   * @throws IndexOutOfBoundsException when there are not so many
   */
  public long nth(long index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException("index " + index + ", size " + size());
    }
    int found = Arrays.binarySearch(ranks, 0, ranges, index);
    int i = found >= 0 ? found : -found - 2;
    return starts[i] + (index - ranks[i]);
  }

  /** How many UIDs are smaller; the index of {@code uid} where it is contained. */
  public long rank(long uid) {
    int i = rangeUpTo(uid);
    return i < 0 ? 0 : Math.min(ranks[i] + (uid - starts[i]), ranks[i + 1]);
  }

  public int rangeCount() {
    return ranges;
  }

  public long rangeFirst(int i) {
    return starts[i];
  }

  public long rangeLast(int i) {
    return starts[i] + (ranks[i + 1] - ranks[i]) - 1;
  }

  /** The last range that begins at or before a UID, -1 when there is none. */
  int rangeUpTo(long uid) {
    int found = Arrays.binarySearch(starts, 0, ranges, uid);
    return found >= 0 ? found : -found - 2;
  }

  /** The arrays of the first {@code count} ranges, shared; see the constructor. */
  long[] starts() {
    return starts;
  }

  long[] ranks() {
    return ranks;
  }

  public UidSet union(UidSet other) {
    return UidSetAlgebra.union(this, other);
  }

  public UidSet intersect(UidSet other) {
    return UidSetAlgebra.intersect(this, other);
  }

  /**
   * Those within ranges that somebody wrote down.
   *
   * @param bounds pairs of ends, 1 to {@link #MAX_UID}, both included, the lower one first; what
   *     ascends is not made a set before
   * @throws IllegalArgumentException when a pair is no range
   */
  public UidSet within(long... bounds) {
    return UidSetAlgebra.within(this, bounds);
  }

  public UidSet minus(UidSet other) {
    return UidSetAlgebra.minus(this, other);
  }

  public boolean containsAll(UidSet other) {
    return UidSetAlgebra.intersect(this, other).size() == other.size();
  }

  /** The UIDs within two bounds, both included; the bounds may be any numbers. */
  public UidSet clamp(long first, long last) {
    if (isEmpty() || (first <= first() && last >= last())) {
      return this;
    }
    return first > last || first > MAX_UID || last < 1
        ? EMPTY
        : UidSetAlgebra.intersect(this, range(Math.max(1, first), Math.min(MAX_UID, last)));
  }

  /**
   * The UIDs at the indexes from (included) to (not included).
   *
   * @throws IndexOutOfBoundsException when there are not so many
   */
  public UidSet slice(long fromIndex, long toIndex) {
    if (fromIndex < 0 || toIndex < fromIndex || toIndex > size()) {
      throw new IndexOutOfBoundsException(fromIndex + " to " + toIndex + ", size " + size());
    }
    return fromIndex == toIndex ? EMPTY : clamp(nth(fromIndex), nth(toIndex - 1));
  }

  public void forEachUid(LongConsumer action) {
    for (int i = 0; i < ranges; i++) {
      long last = rangeLast(i);
      for (long uid = starts[i]; uid <= last; uid++) {
        action.accept(uid);
      }
    }
  }

  /** Ascending. */
  public LongStream stream() {
    return IntStream.range(0, ranges)
        .boxed()
        .flatMapToLong(i -> LongStream.rangeClosed(starts[i], rangeLast(i)));
  }

  /** The maximal ranges, ascending. */
  @Override
  public Iterator<Range> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < ranges;
      }

      @Override
      public Range next() {
        if (next == ranges) {
          throw new NoSuchElementException();
        }
        int i = next++;
        return new Range(starts[i], rangeLast(i));
      }
    };
  }

  @Override
  public boolean equals(Object o) {
    return this == o
        || (o instanceof UidSet other
            && ranges == other.ranges
            && Arrays.equals(starts, 0, ranges, other.starts, 0, ranges)
            && Arrays.equals(ranks, 0, ranges + 1, other.ranks, 0, ranges + 1));
  }

  @Override
  public int hashCode() {
    int h = 0;
    for (int i = 0; i < ranges; i++) {
      h = 31 * (31 * h + Long.hashCode(starts[i])) + Long.hashCode(ranks[i + 1]);
    }
    return h;
  }

  /** As an IMAP set, {@code 1:3,5}; empty text for the empty set. */
  @Override
  public String toString() {
    return UidSetText.print(this);
  }

  /** Collects UIDs and ranges in any order; ascending ones cost least. Not thread-safe. */
  public static final class Builder {
    private final RangeList ranges;

    Builder(int expected) {
      ranges = new RangeList(expected);
    }

    /**
     * Adds one.
     *
     * @throws IllegalArgumentException when it is not a UID
     */
    public Builder add(long uid) {
      return addRange(uid, uid);
    }

    /**
     * Adds all from first to last, both included.
     *
     * @throws IllegalArgumentException when these are not UIDs or not ascending
     */
    public Builder addRange(long first, long last) {
      if (first < 1 || last < first || last > MAX_UID) {
        throw new IllegalArgumentException("not a range of UIDs: " + first + ":" + last);
      }
      ranges.add(first, last);
      return this;
    }

    public Builder addAll(UidSet uids) {
      for (int i = 0; i < uids.rangeCount(); i++) {
        ranges.add(uids.rangeFirst(i), uids.rangeLast(i));
      }
      return this;
    }

    public UidSet build() {
      return ranges.toSet();
    }
  }
}
