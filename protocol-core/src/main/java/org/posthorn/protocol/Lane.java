package org.posthorn.protocol;

/** Where a call runs. */
public enum Lane {
  /** On the connection's own thread: less than 50 µs, never blocks. */
  INLINE,
  /** May wait for disk or network: virtual threads on JDK 24 and newer, a pool before. */
  BLOCKING,
  /** Spends its time in native code: a pool of platform threads. */
  NATIVE,
  /** Hashing, matching: no more at once than there are cores. */
  CPU
}
