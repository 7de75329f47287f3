package org.posthorn.imap.esearch;

import java.util.Iterator;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.posthorn.store.UidSet;

/** The messages that were found, in the order of the result. Immutable. */
public sealed interface Found {
  /** How many. */
  long size();

  /** The UID of a message by its place, from 0. */
  long at(long index);

  /** The messages in these places. */
  Found slice(long from, long to);

  /** All of them, whatever their order. */
  UidSet uids();

  /**
   * The numbers that the client is told, as runs that ascend.
   *
   * @param number makes the number of a UID; neighbours in an ascending result stay neighbours
   */
  Iterator<UidSet.Range> runs(LongUnaryOperator number);

  /** Messages in the order of the mailbox. */
  static Found ascending(UidSet uids) {
    return new Ascending(uids);
  }

  /** Messages in any other order; the array is taken over. */
  static Found ordered(long[] uids) {
    return new Ordered(uids);
  }

  /** In the order of the mailbox. */
  record Ascending(UidSet uids) implements Found {
    @Override
    public long size() {
      return uids.size();
    }

    @Override
    public long at(long index) {
      return uids.nth(index);
    }

    @Override
    public Found slice(long from, long to) {
      return new Ascending(uids.slice(from, to));
    }

    @Override
    public Iterator<UidSet.Range> runs(LongUnaryOperator number) {
      Iterator<UidSet.Range> ranges = uids.iterator();
      return new Runs(
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return ranges.hasNext();
            }

            @Override
            public UidSet.Range next() {
              UidSet.Range range = ranges.next();
              long first = number.applyAsLong(range.first());
              return new UidSet.Range(first, first + range.size() - 1);
            }
          });
    }
  }

  /** In an order of their own. */
  final class Ordered implements Found {
    private final long[] uids;
    private final int from;
    private final int to;

    private Ordered(long[] uids) {
      this(uids, 0, uids.length);
    }

    private Ordered(long[] uids, int from, int to) {
      this.uids = uids;
      this.from = from;
      this.to = to;
    }

    @Override
    public long size() {
      return (long) to - from;
    }

    @Override
    public long at(long index) {
      return uids[from + (int) index];
    }

    @Override
    public Found slice(long first, long behind) {
      return new Ordered(uids, from + (int) first, from + (int) behind);
    }

    @Override
    public UidSet uids() {
      UidSet.Builder set = UidSet.builder();
      for (int i = from; i < to; i++) {
        set.add(uids[i]);
      }
      return set.build();
    }

    @Override
    public Iterator<UidSet.Range> runs(LongUnaryOperator number) {
      return new Runs(
          LongStream.range(from, to)
              .map(index -> number.applyAsLong(uids[(int) index]))
              .mapToObj(value -> new UidSet.Range(value, value))
              .iterator());
    }
  }
}
