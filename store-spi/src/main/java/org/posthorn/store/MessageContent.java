package org.posthorn.store;

import java.nio.ByteBuffer;

/** The octets of one message. A handle like {@link Mailbox}; holds nothing between calls. */
public interface MessageContent extends AutoCloseable {
  /** Octets. */
  long size();

  /**
   * Reads from a position; may read less than there is room for.
   *
   * @return octets put into {@code into}, -1 at the end
   * @throws StoreException EXPUNGED when the octets are gone
   */
  int read(long position, ByteBuffer into) throws StoreException;

  /** Whether a read costs no more than a memory copy, so that it may run on an event loop. */
  default boolean inMemory() {
    return false;
  }

  @Override
  void close() throws StoreException;
}
