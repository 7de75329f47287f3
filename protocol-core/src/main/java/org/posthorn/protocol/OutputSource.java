package org.posthorn.protocol;

import java.nio.ByteBuffer;
import org.posthorn.store.StoreException;

/** Octets that the driver pulls while the transport is writable. Used by one thread at a time. */
public interface OutputSource extends AutoCloseable {
  /** Octets in all; exactly so many are sent. */
  long length();

  /**
   * Puts the next octets into {@code into}, at least one while fewer than {@link #length} were
   * given.
   *
   * @return octets put, -1 at the end
   */
  int read(ByteBuffer into, CallContext context) throws StoreException;

  /** Where {@link #read} runs. */
  default Lane lane() {
    return Lane.BLOCKING;
  }

  @Override
  void close() throws StoreException;
}
