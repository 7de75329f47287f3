package org.posthorn.delivery.response;

import java.time.Duration;
import java.time.Instant;
import org.posthorn.store.StoreException;

/** Remembers when something was last done. Thread-safe; may block. */
public interface TimeMemory extends AutoCloseable {
  /**
   * Notes that it is done now, unless it was done less than {@code period} before.
   *
   * @param key what was done; any text
   * @return whether it is to be done; durably noted then
   */
  boolean claim(String key, Instant now, Duration period) throws StoreException;

  @Override
  void close() throws StoreException;
}
