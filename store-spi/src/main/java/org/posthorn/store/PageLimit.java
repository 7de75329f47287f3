package org.posthorn.store;

/**
 * How much one answer may hold. At least one row is always given.
 *
 * @param rows at most so many rows
 * @param bytes about so many octets of indexes, flags and {@link Row#start}
 */
public record PageLimit(int rows, int bytes) {
  public static final PageLimit DEFAULT = new PageLimit(1_000, 1 << 20);

  public PageLimit {
    if (rows < 1 || bytes < 1) {
      throw new IllegalArgumentException("rows " + rows + ", bytes " + bytes);
    }
  }
}
