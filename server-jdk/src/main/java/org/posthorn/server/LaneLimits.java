package org.posthorn.server;

/**
 * Bounds of one lane.
 *
 * @param size calls that run at once
 * @param queue calls that wait; more are answered with UNAVAILABLE
 * @param share calls of one account (before login: one connection) that run at once
 * @param shareQueue calls of one account that wait
 */
public record LaneLimits(int size, int queue, int share, int shareQueue) {
  public LaneLimits {
    if (size < 1 || queue < 0 || share < 1 || shareQueue < 0) {
      throw new IllegalArgumentException("size and share are at least 1, queues at least 0");
    }
  }

  /** A share of half the lane, both running and waiting. */
  public static LaneLimits of(int size, int queue) {
    return new LaneLimits(size, queue, Math.max(1, (size + 1) / 2), Math.max(1, (queue + 1) / 2));
  }
}
