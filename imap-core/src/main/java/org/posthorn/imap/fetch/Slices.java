package org.posthorn.imap.fetch;

import java.util.Arrays;
import org.posthorn.mime.Octets;

/**
 * Octets of a stored message: some ranges of it one after the other, and then perhaps a line end
 * that the message does not have there. Immutable.
 */
public final class Slices {

  private static final Octets CRLF = Octets.ascii("\r\n");

  /** Nothing. */
  public static final Slices EMPTY = new Slices(new long[0], Octets.EMPTY);

  /** Pairs of first offset and offset behind the last octet. */
  private final long[] bounds;

  private final Octets tail;
  private final long length;

  private Slices(long[] bounds, Octets tail) {
    this.bounds = bounds;
    this.tail = tail;
    long octets = tail.length();
    for (int i = 0; i < bounds.length; i += 2) {
      octets += bounds[i + 1] - bounds[i];
    }
    this.length = octets;
  }

  /** One range. */
  public static Slices of(long from, long to) {
    return from < to ? new Slices(new long[] {from, to}, Octets.EMPTY) : EMPTY;
  }

  /** How many octets there are in all. */
  public long length() {
    return length;
  }

  int rangeCount() {
    return bounds.length / 2;
  }

  long from(int range) {
    return bounds[2 * range];
  }

  long to(int range) {
    return bounds[2 * range + 1];
  }

  /** Behind the last octet of all ranges, 0 where there is none. */
  long end() {
    long end = 0;
    for (int i = 1; i < bounds.length; i += 2) {
      end = Math.max(end, bounds[i]);
    }
    return end;
  }

  Octets tail() {
    return tail;
  }

  /** Those of the octets that are wanted, as far as there are. */
  public Slices partial(Partial wanted) {
    Builder builder = new Builder();
    long skip = wanted.offset();
    long left = wanted.count();
    for (int i = 0; i < bounds.length && left > 0; i += 2) {
      long size = bounds[i + 1] - bounds[i];
      if (skip < size) {
        long taken = Math.min(left, size - skip);
        builder.add(bounds[i] + skip, bounds[i] + skip + taken);
        left -= taken;
      }
      skip = Math.max(0, skip - size);
    }
    int tailFrom = (int) Math.min(skip, tail.length());
    int tailTo = tailFrom + (int) Math.min(left, tail.length() - tailFrom);
    builder.tail = tail.slice(tailFrom, tailTo);
    return builder.build();
  }

  /** Collects ranges. */
  static final class Builder {
    private long[] bounds = new long[2];
    private int size;
    private Octets tail = Octets.EMPTY;

    /** A range behind those before; one that touches the last is made one with it. */
    Builder add(long from, long to) {
      if (from < to) {
        if (size > 0 && bounds[size - 1] == from) {
          bounds[size - 1] = to;
        } else {
          if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, size * 2);
          }
          bounds[size++] = from;
          bounds[size++] = to;
        }
      }
      return this;
    }

    /** A line end behind it all. */
    Builder addLineEnd() {
      tail = CRLF;
      return this;
    }

    Slices build() {
      return new Slices(Arrays.copyOf(bounds, size), tail);
    }
  }
}
