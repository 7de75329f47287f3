package org.posthorn.protocol;

/** Where a call runs. */
public enum Lane {
  /** On the connection's own thread: less than 50 µs, never blocks. */
  INLINE,
  /**
   * Asks a store, or a handler, for little: {@link #INLINE} where it answers at once ({@link
   * EngineFactory#answersAtOnce}), {@link #BLOCKING} elsewhere.
   */
  STORE,
  /** May wait for disk or network: virtual threads on JDK 24 and newer, a pool before. */
  BLOCKING,
  /** Spends its time in native code: a pool of platform threads. */
  NATIVE,
  /** Hashing, matching: no more at once than there are cores. */
  CPU
}
