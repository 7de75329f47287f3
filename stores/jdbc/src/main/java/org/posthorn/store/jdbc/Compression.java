package org.posthorn.store.jdbc;

import java.util.zip.Deflater;

/**
 * Whether the octets of messages are compressed before they are written. Each piece of 64 KiB is
 * compressed for itself, so that a range is read without what comes before it, and only where that
 * saves an eighth or more. What was written under another policy stays as it is and readable.
 * Immutable.
 */
public final class Compression {
  private static final int OFF = 0;
  private static final int SMALLEST = 512;

  private final int level;

  private Compression(int level) {
    this.level = level;
  }

  /** Octets are written as they are. */
  public static Compression none() {
    return new Compression(OFF);
  }

  /** Deflate (RFC 1951) at a level that costs little time. */
  public static Compression deflate() {
    return deflate(Deflater.BEST_SPEED);
  }

  /**
   * Deflate (RFC 1951).
   *
   * @param level from 1 (fast) to 9 (small)
   */
  public static Compression deflate(int level) {
    if (level < Deflater.BEST_SPEED || level > Deflater.BEST_COMPRESSION) {
      throw new IllegalArgumentException("level " + level);
    }
    return new Compression(level);
  }

  /** The first octets of an array as they are to be written. */
  Chunk chunk(byte[] octets, int length) {
    Chunk deflated =
        level == OFF || length < SMALLEST ? null : Chunk.deflated(octets, length, level);
    return deflated == null ? Chunk.plain(octets, length) : deflated;
  }
}
